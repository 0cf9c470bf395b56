"""The embedded voices: models that run here, on one thread, without a network."""
