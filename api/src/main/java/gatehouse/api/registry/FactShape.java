package gatehouse.api.registry;

import gatehouse.fact.Fact;
import gatehouse.registry.RegistryFact;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a kind that people fill in, as JSON and as the cells of a table. Lists of texts are
 * one cell, separated by semicolons; what is deeper is JSON in a cell.
 */
final class FactShape {

  private static final Set<String> GIVEN_BY_US = Set.of("entry", "community", "time", "validFrom");

  private final JsonMapper json;
  private final boolean place;
  private final List<Column> columns;

  /** A field. */
  record Column(String name, Type type) {}

  FactShape(JsonMapper json, Class<? extends Fact> type) {
    this.json = json;
    this.place = type == PlaceEntry.class;
    List<RecordComponent> components =
        new ArrayList<>(Arrays.asList((place ? Place.class : type).getRecordComponents()));
    boolean registry = RegistryFact.class.isAssignableFrom(type);
    components.removeIf(one -> !place && isGiven(one.getName(), registry));
    this.columns =
        components.stream().map(one -> new Column(one.getName(), one.getGenericType())).toList();
  }

  /** The fields' names, in order. */
  List<String> columns() {
    return columns.stream().map(Column::name).toList();
  }

  /** The fields of a stored fact. */
  ObjectNode fields(JsonNode detail) {
    JsonNode from = place ? detail.path("place") : detail;
    ObjectNode fields = json.createObjectNode();
    for (Column column : columns) {
      JsonNode value = from.get(column.name());
      if (value != null) {
        fields.set(column.name(), value);
      }
    }
    return fields;
  }

  /** The fields as the cells of a row. */
  List<String> cells(JsonNode fields) {
    List<String> cells = new ArrayList<>();
    for (Column column : columns) {
      cells.add(cell(fields.get(column.name())));
    }
    return cells;
  }

  /**
   * The fields that the cells of a row give.
   *
   * @throws InvalidField if a cell is not of the field's type
   */
  ObjectNode fields(Map<String, String> cells) throws InvalidField {
    ObjectNode fields = json.createObjectNode();
    for (Column column : columns) {
      String cell = cells.getOrDefault(column.name(), "").strip();
      if (!cell.isEmpty()) {
        fields.set(column.name(), value(column, cell));
      }
    }
    return fields;
  }

  /** The fields as part of the fact that they are to become. */
  ObjectNode inFact(ObjectNode fields) {
    if (!place) {
      return fields.deepCopy();
    }
    ObjectNode fact = json.createObjectNode();
    fact.set("place", fields.deepCopy());
    return fact;
  }

  private static boolean isGiven(String component, boolean registry) {
    return registry ? component.equals("entry") : GIVEN_BY_US.contains(component);
  }

  private static String cell(@org.jspecify.annotations.Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return "";
    }
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
      return String.join(";", value.valueStream().map(JsonNode::asString).toList());
    }
    return value.isValueNode() ? value.asString() : value.toString();
  }

  private JsonNode value(Column column, String cell) throws InvalidField {
    try {
      if (column.type() == boolean.class || column.type() == int.class) {
        return json.readTree(cell.toLowerCase(java.util.Locale.ROOT));
      }
      if (cell.startsWith("[") || cell.startsWith("{")) {
        return json.readTree(cell);
      }
    } catch (JacksonException e) {
      throw new InvalidField(column.name(), "cell");
    }
    if (List.class.isAssignableFrom(rawType(column.type()))) {
      ArrayNode list = json.createArrayNode();
      for (String one : cell.split(";", -1)) {
        list.add(one.strip());
      }
      return list;
    }
    return json.getNodeFactory().stringNode(cell);
  }

  private static Class<?> rawType(Type type) {
    return type instanceof java.lang.reflect.ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }
}
