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
        .orElseThrow(() -> wrong("'" + key + "' is missing here.", "see docs/replay.md."));
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

  void refuseTheRest() {
    entries.forEach(
        (key, value) -> {
          if (!asked.contains(key)) {
            throw value.wrong("no key is called '" + key + "' here.", Nearest.hint(key, asked));
          }
        });
  }
}
