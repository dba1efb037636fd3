"""Worlds whose truth is known: people with planted tastes, and people who click."""
