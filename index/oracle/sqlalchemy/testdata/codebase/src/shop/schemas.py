from typing import List

from pydantic import BaseModel


class Customer(BaseModel):
    name: str


class Order(BaseModel):
    customer: Customer
    lines: List[str] = []


Order.update_forward_refs()


class Shelf(BaseModel):
    articles: List[str] = []
