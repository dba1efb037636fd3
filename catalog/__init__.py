"""The facts people make: pictures, tags, categories, likes, boards, who follows whom. It knows nothing above it."""
