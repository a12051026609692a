/** Says how long to wait before a server that ended is started again. */
export class Backoff {
  readonly #first: number;
  readonly #most: number;
  readonly #forget: number;
  #ends: number[] = [];

  /** Delays grow from first (ms); after most ends within forget (ms) there is no more. */
  constructor(first = 500, most = 5, forget = 180_000) {
    this.#first = first;
    this.#most = most;
    this.#forget = forget;
  }

  /** The server has ended: the delay in milliseconds, undefined for no further try. */
  next(now: number): number | undefined {
    this.#ends = [...this.#ends.filter((at) => now - at < this.#forget), now];
    const n = this.#ends.length;
    return n > this.#most ? undefined : this.#first * 2 ** (n - 1);
  }

  /** Somebody has asked for another try. */
  reset(): void {
    this.#ends = [];
  }
}
