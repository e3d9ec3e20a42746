package gatehouse.labelled;

import gatehouse.fact.Fact;
import gatehouse.labelled.LabelledCity.Day;
import gatehouse.labelled.scenario.Label;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * A labelled city as a platform learns of it: what is registered first, then what becomes known and
 * what devices report, of all communities, in the order in which it arrives. Its districts are
 * lived through side by side and hand over day by day, so that no more than a day is held.
 */
public final class CityStream {

  private static final Comparator<Told> ARRIVAL =
      Comparator.comparing(Told::at).thenComparingLong(Told::number);

  private final LabelledCity city;
  private final PriorityQueue<Told> waiting = new PriorityQueue<>(ARRIVAL);
  private long number;

  /** The stream of a city; it can be played once. */
  public CityStream(LabelledCity city) {
    this.city = city;
  }

  /** Who is told. */
  public interface Listener {

    /**
     * Something is learned.
     *
     * @param at when an event arrives, or a fact becomes known; what is registered before the first
     *     day is told as of its beginning
     */
    void told(Fact fact, Instant at) throws IOException, InterruptedException;
  }

  private record Told(Fact fact, Instant at, long number) {}

  /** What a district hands over: what is registered, a day, or at its end the labels. */
  private record Handed(
      List<Fact> registered,
      List<Day> days,
      List<Label> labels,
      @Nullable RuntimeException failure) {}

  /**
   * Tells everything.
   *
   * @return what was staged
   */
  public List<Label> play(Listener listener) throws IOException, InterruptedException {
    CitySettings settings = city.settings();
    List<District> districts = new ArrayList<>();
    try {
      for (int i = 0; i < city.districts(); i++) {
        districts.add(new District(i));
      }
      for (District district : districts) {
        for (Fact fact : district.next().registered()) {
          listener.told(fact, settings.dayStart(0));
        }
      }
      for (int day = 0; day < settings.days(); day++) {
        for (District district : districts) {
          district.next().days().forEach(this::add);
        }
        tell(settings.dayStart(day + 1), listener);
      }
      // What was sent in the last hours may arrive later.
      tell(Instant.MAX, listener);
      List<Label> labels = new ArrayList<>();
      for (District district : districts) {
        labels.addAll(district.next().labels());
      }
      return List.copyOf(labels);
    } finally {
      districts.forEach(District::stop);
    }
  }

  private void add(Day day) {
    day.facts().forEach(fact -> waiting.add(new Told(fact, fact.time(), number++)));
    day.deliveries()
        .forEach(delivery -> waiting.add(new Told(delivery.event(), delivery.arrives(), number++)));
  }

  private void tell(Instant before, Listener listener) throws IOException, InterruptedException {
    while (!waiting.isEmpty() && waiting.peek().at().isBefore(before)) {
      Told next = waiting.poll();
      listener.told(next.fact(), next.at());
    }
  }

  /** A district on a thread of its own, which waits until what it hands over is taken. */
  private final class District {

    private final int index;
    private final BlockingQueue<Handed> handed = new SynchronousQueue<>();
    private final Thread thread;

    District(int index) {
      this.index = index;
      this.thread = new Thread(this::live, "district-" + index);
      thread.setDaemon(true);
      thread.start();
    }

    private void live() {
      try {
        int size =
            Math.min(
                LabelledCity.DISTRICT,
                city.settings().communities() - index * LabelledCity.DISTRICT);
        List<Fact> registered = new ArrayList<>();
        List<Day> today = new ArrayList<>();
        int[] communities = {0};
        List<Label> labels =
            city.district(
                index,
                facts -> {
                  registered.addAll(facts);
                  if (++communities[0] == size) {
                    hand(new Handed(registered, List.of(), List.of(), null));
                  }
                },
                day -> {
                  today.add(day);
                  if (today.size() == size) {
                    hand(new Handed(List.of(), List.copyOf(today), List.of(), null));
                    today.clear();
                  }
                });
        hand(new Handed(List.of(), List.of(), labels, null));
      } catch (StoppedException e) {
        // Nobody listens any more.
        return;
      } catch (RuntimeException e) {
        hand(new Handed(List.of(), List.of(), List.of(), e));
      }
    }

    private void hand(Handed what) {
      try {
        handed.put(what);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }

    Handed next() throws InterruptedException {
      Handed next = handed.take();
      if (next.failure() != null) {
        throw new IllegalStateException("District " + index + " failed.", next.failure());
      }
      return next;
    }

    void stop() {
      thread.interrupt();
    }
  }

  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
