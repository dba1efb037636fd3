"""The demo gallery: pictures drawn by code, the same bytes on every run. Pure: numpy and Pillow, no Django."""
