package gatehouse.replay.yaml;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The keys of a part of a YAML file. Asking for a key is what makes it known. */
public final class Section {

  private final Value self;
  private final Map<String, Value> entries;
  private final Set<String> asked = new LinkedHashSet<>();

  Section(Value self, Map<String, Value> entries) {
    this.self = self;
    this.entries = entries;
  }

  /** Something is wrong with the section as a whole. */
  public DocumentException wrong(String what, String maybe) {
    return self.wrong(what, maybe);
  }

  /** The value of a key, if it is there. */
  public Optional<Value> find(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key));
  }

  /** The value of a key that must be there. */
  public Value get(String key) {
    return find(key)
        .orElseThrow(() -> wrong("'" + key + "' is missing here.", hintForMissing(key)));
  }

  /** A key that nobody asked for may be the one that is missing. */
  private String hintForMissing(String key) {
    return entries.keySet().stream()
        .filter(other -> !asked.contains(other) && Nearest.distance(key, other) <= 2)
        .findFirst()
        .map(other -> "it is the key that is written '" + other + "'.")
        .orElse("docs/replay.md shows how to write it.");
  }

  /** The text of a key, or the default. */
  public String text(String key, String byDefault) {
    return find(key).map(Value::text).orElse(byDefault);
  }

  /** The texts of a key; none if it is not there. */
  public List<String> texts(String key) {
    return find(key).map(Value::texts).orElse(List.of());
  }

  /** A key's true or false. */
  public boolean truth(String key, boolean byDefault) {
    return find(key).map(Value::truth).orElse(byDefault);
  }

  /** A key's value of some type, if the key is there; see {@link Value#as}. */
  public <T> Optional<T> as(String key, Function<String, T> parse, String example) {
    return find(key).map(value -> value.as(parse, example));
  }

  /** Refuses the keys that nobody has asked for. */
  public void refuseTheRest() {
    entries.forEach(
        (key, value) -> {
          if (!asked.contains(key)) {
            throw value.wrong("no key is called '" + key + "' here.", Nearest.hint(key, asked));
          }
        });
  }
}
