package gatehouse.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What each route answers each role, from a file with a column for each. */
record RouteTable(Map<String, List<Integer>> rows) {

  static RouteTable read(String file) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(RouteTable.class.getResourceAsStream(file)),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .skip(1)
          .map(line -> List.of(line.split(",", -1)))
          .forEach(
              cells ->
                  rows.put(
                      cells.get(1) + " " + cells.get(0),
                      cells.subList(2, cells.size()).stream().map(Integer::valueOf).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RouteTable(rows);
  }

  /** Answers by role; empty: nobody has listed the route. */
  List<Integer> of(String route) {
    return rows.getOrDefault(route, List.of());
  }

  /** All routes listed, as {@code METHOD path}. */
  Set<String> routes() {
    return rows.keySet();
  }
}
