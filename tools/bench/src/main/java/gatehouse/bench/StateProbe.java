package gatehouse.bench;

import gatehouse.fact.Fact;
import gatehouse.flink.StateCensus;
import gatehouse.labelled.CitySettings;
import gatehouse.labelled.LabelledCity;
import gatehouse.model.ModelCatalogue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The program behind {@link StateMeasure}; runs on the class path of the job. Says how many events
 * there were, then a line a model: its id, how many keys, median, 99th percentile, maximum and sum
 * of their bytes, and how many are over their budget.
 */
final class StateProbe {

  static final String EVENTS = "EVENTS";
  static final String MODEL = "MODEL";
  static final String DONE = "DONE";

  private StateProbe() {}

  /** Arguments: communities, days, homes a community. */
  public static void main(String[] args) {
    CitySettings settings =
        new CitySettings(
            1,
            Integer.parseInt(args[0]),
            LocalDate.parse("2026-03-02"),
            Integer.parseInt(args[1]),
            0,
            Integer.parseInt(args[2]),
            0.7);
    List<Fact> history = new ArrayList<>();
    LabelledCity city = new LabelledCity(settings);
    for (int district = 0; district < city.districts(); district++) {
      city.district(
          district,
          history::addAll,
          day -> {
            history.addAll(day.facts());
            day.deliveries().forEach(delivery -> history.add(delivery.event()));
          });
    }
    System.out.println(EVENTS + ' ' + history.size());
    StateCensus.of(
        ModelCatalogue.all(), history, settings.end(), sizes -> System.out.println(line(sizes)));
    System.out.println(DONE);
  }

  private static String line(StateCensus.Sizes sizes) {
    List<Integer> bytes = sizes.bytes();
    int budget = StateMeasure.budget(sizes.model());
    long sum = bytes.stream().mapToLong(Integer::longValue).sum();
    long over = bytes.stream().filter(one -> one > budget).count();
    return String.join(
        " ",
        MODEL,
        sizes.model(),
        Integer.toString(bytes.size()),
        Integer.toString(at(bytes, 0.5)),
        Integer.toString(at(bytes, 0.99)),
        Integer.toString(at(bytes, 1)),
        Long.toString(sum),
        Long.toString(over));
  }

  private static int at(List<Integer> sorted, double share) {
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil((sorted.size() - 1) * share));
  }
}
