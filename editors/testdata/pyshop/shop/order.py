from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base
from .user import User

if TYPE_CHECKING:
    from .line import Line


class Order(Base):
    __tablename__ = "order"

    id: Mapped[int] = mapped_column(primary_key=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    buyer: Mapped[User] = relationship("User", info={"käufer": "😀"}, back_populates="orders")  # who pays
    lines: Mapped[list["Line"]] = relationship(back_populates="order")
