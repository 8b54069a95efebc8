"""A stand-in for a store that speaks S3: a real server that checks every signature."""

from tests.doubles.s3.double import Double

__all__ = ["Double"]
