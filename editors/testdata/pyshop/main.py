from shop.user import User


def show(user: User) -> None:
    print(user.greeting(), len(user.orders))
