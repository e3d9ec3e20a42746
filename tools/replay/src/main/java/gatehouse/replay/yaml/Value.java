package gatehouse.replay.yaml;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A value in a YAML file, with the place where it stands. */
public final class Value {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  private final String file;
  private final String name;
  private final Node node;

  Value(String file, String name, Node node) {
    this.file = file;
    this.name = name;
    this.node = node;
  }

  /** File and line, for messages. */
  public String where() {
    return file + " line " + (node.getStartMark().getLine() + 1);
  }

  /** Something is wrong with this value. */
  public DocumentException wrong(String what, String maybe) {
    return new DocumentException(where(), what, maybe);
  }

  public boolean isText() {
    return node instanceof ScalarNode;
  }

  public boolean isSection() {
    return node instanceof MappingNode;
  }

  public boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Whether it is a whole number without quotes. */
  public boolean isNumber() {
    return node instanceof ScalarNode scalar
        && scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN
        && NUMBER.matcher(scalar.getValue()).matches();
  }

  /** Its text as it stands there. */
  public String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw wrong(name + " must be a text.", "write: " + name + ": something");
  }

  /** Its elements; a single value is a list of one. */
  public List<Value> list() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<Value> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new Value(file, name, element));
    }
    return elements;
  }

  /** The texts of its elements. */
  public List<String> texts() {
    return list().stream().map(Value::text).toList();
  }

  /** Its entries in order; for names that are free. */
  public Map<String, Value> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(name + " must have keys.", "write them below it, two spaces further in.");
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Value key = new Value(file, "key", tuple.getKeyNode());
      String text = key.text();
      if (entries.put(text, new Value(file, text, tuple.getValueNode())) != null) {
        throw key.wrong("'" + text + "' is there twice.", "one of the two is meant elsewhere.");
      }
    }
    return entries;
  }

  /**
   * Reads its keys.
   *
   * @param reader takes what it knows; a key that it never asked for is an error
   */
  public <T> T section(Function<Section, T> reader) {
    Section section = new Section(this, entries());
    T read = reader.apply(section);
    section.refuseTheRest();
    return read;
  }

  /**
   * Its text as a value of some type.
   *
   * @param parse throws {@link IllegalArgumentException} or {@link DateTimeException} if it is none
   * @param example what it could look like
   */
  public <T> T as(Function<String, T> parse, String example) {
    String text = text();
    try {
      return parse.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw wrong(name + " cannot be '" + text + "'.", example + " is meant.");
    }
  }

  /** Its text as true or false. */
  public boolean truth() {
    return as(
        text ->
            switch (text) {
              case "true", "yes", "on" -> true;
              case "false", "no", "off" -> false;
              default -> throw new IllegalArgumentException(text);
            },
        "true or false");
  }
}
