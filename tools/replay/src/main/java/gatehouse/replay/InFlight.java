package gatehouse.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.IntFunction;

/**
 * Which events are under way through broker and intake. An event is let go only when none that is
 * still under way could become late by it, however the messages overtake each other: so the
 * watermark bound is kept by construction, not by luck.
 */
final class InFlight {

  /** How many events may be between the oldest one under way and the newest. */
  static final int WINDOW = 4000;

  private final IntFunction<Instant> times;
  private final Duration bound;
  private final BitSet arrived = new BitSet();
  private int oldest;
  private int count;

  /**
   * Nothing was sent yet.
   *
   * @param times the time of each event by its index, in order
   * @param bound how far an event may be behind another that overtook it
   */
  InFlight(IntFunction<Instant> times, Duration bound) {
    this.times = times;
    this.bound = bound;
  }

  /** The event came out of the intake, accepted or refused; a second time changes nothing. */
  synchronized void arrived(int index) {
    if (arrived.get(index)) {
      return;
    }
    arrived.set(index);
    count++;
    if (index == oldest) {
      oldest = arrived.nextClearBit(oldest);
      notifyAll();
    }
  }

  /**
   * Waits until the event may be let go.
   *
   * @return false if nothing moved for so long
   */
  synchronized boolean awaitTurn(int index, Duration patience) throws InterruptedException {
    return await(() -> mayGo(index), patience);
  }

  /**
   * Waits until so many events have arrived.
   *
   * @return false if nothing moved for so long
   */
  synchronized boolean awaitAll(int events, Duration patience) throws InterruptedException {
    return await(() -> oldest >= events, patience);
  }

  /** The oldest event that has not arrived. */
  synchronized int oldest() {
    return oldest;
  }

  /** How many events have arrived. */
  synchronized int count() {
    return count;
  }

  /** Whether the event has arrived. */
  synchronized boolean has(int index) {
    return arrived.get(index);
  }

  private boolean mayGo(int index) {
    return oldest >= index
        || (index - oldest < WINDOW
            && !times.apply(index).minus(bound).isAfter(times.apply(oldest)));
  }

  private interface Condition {
    boolean holds();
  }

  private boolean await(Condition condition, Duration patience) throws InterruptedException {
    int seen = oldest;
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (oldest != seen) {
        seen = oldest;
        deadline = System.nanoTime() + patience.toNanos();
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }
}
