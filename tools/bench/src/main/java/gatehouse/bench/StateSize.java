package gatehouse.bench;

import java.util.List;
import java.util.Locale;

/**
 * How large the state of a model's keys is.
 *
 * @param model its id
 * @param keys how many keys it has state of, in all measured communities
 * @param median bytes of a key
 * @param p99 bytes that 99 % of the keys do not exceed
 * @param max bytes of the largest
 * @param budget bytes a key may have; 0: none is set
 * @param over how many keys exceed it
 * @param community bytes a community
 * @param city bytes in {@value StateMeasure#CITY} communities
 */
public record StateSize(
    String model,
    int keys,
    int median,
    int p99,
    int max,
    int budget,
    int over,
    long community,
    long city) {

  /** Of all models, as people read it. */
  static String table(List<StateSize> sizes, String of) {
    StringBuilder out = new StringBuilder();
    out.append(String.format(Locale.ROOT, "%nstate of the models' keys, %s%n%n", of));
    out.append(
        "| model | keys | median B | p99 B | max B | budget B | over | KB a community | MB in ");
    out.append(String.format(Locale.ROOT, "%,d |%n", StateMeasure.CITY));
    out.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (StateSize size : sizes) {
      out.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,d | %,d | %,d | %s | %s | %,.1f | %,.1f |%n",
              size.model(),
              size.keys(),
              size.median(),
              size.p99(),
              size.max(),
              size.budget() == 0 ? "-" : String.format(Locale.ROOT, "%,d", size.budget()),
              size.budget() == 0 ? "-" : Integer.toString(size.over()),
              size.community() / 1024.0,
              size.city() / 1024.0 / 1024.0));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "| all | %,d | | | | | | %,.1f | %,.1f |%n",
            sizes.stream().mapToLong(StateSize::keys).sum(),
            sizes.stream().mapToLong(StateSize::community).sum() / 1024.0,
            sizes.stream().mapToLong(StateSize::city).sum() / 1024.0 / 1024.0));
    return out.toString();
  }
}
