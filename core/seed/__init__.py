"""A company to try everything on: the demo company's people and its last and next weeks."""

from core.seed.planting import (
    NotTheDemoCompany,
    Planted,
    RealCustomers,
    is_planted,
    plant,
)

__all__ = ["NotTheDemoCompany", "Planted", "RealCustomers", "is_planted", "plant"]
