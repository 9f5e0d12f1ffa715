"""Tests of what a class's progress files say. A package, so that what its tests share has a name of its own."""
