package gatehouse.replay.mapping;

import gatehouse.replay.log.ColumnRef;
import gatehouse.replay.log.CsvDialect;
import gatehouse.replay.yaml.Document;
import gatehouse.replay.yaml.Section;
import gatehouse.replay.yaml.Value;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads mapping files; docs/replay.md describes them. */
public final class MappingReader {

  private static final Pattern NUMBERED = Pattern.compile("#[1-9]\\d{0,3}");

  private final ZoneId zoneOfTheSite;

  /** A reader; times are in the site's zone unless the mapping says otherwise. */
  public MappingReader(ZoneId zoneOfTheSite) {
    this.zoneOfTheSite = zoneOfTheSite;
  }

  /**
   * Reads a file.
   *
   * @throws gatehouse.replay.yaml.DocumentException naming the line that is wrong
   */
  public Mapping read(Path file) throws IOException {
    return Document.read(file, this::mapping);
  }

  /** Reads a text; {@code name} stands for the file in messages. */
  public Mapping parse(String name, String text) {
    return Document.parse(name, text, this::mapping);
  }

  private Mapping mapping(Section root) {
    CsvDialect dialect =
        root.find("csv").map(csv -> csv.section(MappingReader::dialect)).orElse(CsvDialect.PLAIN);
    Map<FieldName, Field> always = new EnumMap<>(FieldName.class);
    Value time = root.get("time");
    TimeReader times = time.isSection() ? time.section(this::times) : defaultTimes();
    timeField(time).ifPresent(field -> always.put(FieldName.TIME, field));
    List<Condition> ignore =
        root.find("ignore").stream()
            .flatMap(value -> value.list().stream())
            .map(MappingReader::condition)
            .toList();
    root.find("event").ifPresent(event -> always.putAll(event.section(MappingReader::fields)));
    boolean all =
        root.as(
                "match",
                word ->
                    switch (word) {
                      case "first" -> false;
                      case "all" -> true;
                      default -> throw new IllegalArgumentException(word);
                    },
                "first or all")
            .orElse(false);
    List<EventRule> events = new ArrayList<>();
    root.find("events")
        .ifPresent(list -> list.list().forEach(rule -> events.add(rule(rule, always))));
    if (events.isEmpty()) {
      events.add(new EventRule(Condition.ALWAYS, always));
    }
    root.refuseTheRest();
    for (EventRule rule : events) {
      require(root, rule.fields(), FieldName.TIME);
      if (!rule.fields().containsKey(FieldName.DEVICE)) {
        require(root, rule.fields(), FieldName.PLACE);
      }
    }
    return new Mapping(dialect, times, ignore, List.copyOf(events), all);
  }

  private static void require(Section root, Map<FieldName, Field> fields, FieldName name) {
    if (!fields.containsKey(name)) {
      throw root.wrong(
          "nothing says what the " + name.key() + " of an event is.",
          "a line '" + name.key() + ": NAME OF A COLUMN' under 'event' is missing.");
    }
  }

  private static CsvDialect dialect(Section csv) {
    List<String> names = csv.texts("columns");
    String comment = csv.text("comment", "");
    return new CsvDialect(
        delimiter(csv.text("delimiter", ",")),
        csv.as("quote", MappingReader::quote, "one character, or none")
            .orElse(Optional.of('"'))
            .orElse(null),
        csv.truth("header", names.isEmpty()),
        names,
        csv.as("encoding", Charset::forName, "UTF-8, GBK or ISO-8859-1")
            .orElse(StandardCharsets.UTF_8),
        csv.as("skipLines", Integer::parseUnsignedInt, "a number of lines").orElse(0),
        comment.isEmpty() ? null : comment);
  }

  private static Optional<Character> quote(String text) {
    if (text.isEmpty() || text.equals("none")) {
      return Optional.empty();
    }
    if (text.length() > 1) {
      throw new IllegalArgumentException(text);
    }
    return Optional.of(text.charAt(0));
  }

  private static String delimiter(String text) {
    return switch (text) {
      case "tab", "\\t" -> "\t";
      case "comma", "" -> ",";
      case "semicolon" -> ";";
      case "pipe" -> "|";
      default -> text;
    };
  }

  private TimeReader defaultTimes() {
    return new TimeReader(List.of("iso"), zoneOfTheSite, Locale.ENGLISH);
  }

  private TimeReader times(Section time) {
    // Where the time stands is read by timeField; here it is only known.
    List.of("column", "columns", "join").forEach(time::find);
    List<Value> formats = time.find("format").map(Value::list).orElse(List.of());
    List<String> names =
        formats.isEmpty() ? List.of("iso") : formats.stream().map(Value::text).toList();
    ZoneId zone = time.as("zone", ZoneId::of, "Europe/Berlin or +08:00").orElse(zoneOfTheSite);
    Locale language =
        time.as("language", Locale::forLanguageTag, "en or zh").orElse(Locale.ENGLISH);
    for (Value format : formats) {
      format.as(
          name -> new TimeReader(List.of(name), zone, language),
          "iso, epoch-seconds, epoch-millis, epoch-micros, excel, or a pattern like dd/MM/yyyy"
              + " HH:mm:ss");
    }
    return new TimeReader(names, zone, language);
  }

  private static Optional<Field> timeField(Value time) {
    if (!time.isSection()) {
      return Optional.of(new Field(List.of(column(time)), " ", "", null));
    }
    Map<String, Value> entries = time.entries();
    List<Value> columns = new ArrayList<>();
    for (String key : List.of("column", "columns")) {
      if (entries.containsKey(key)) {
        columns.addAll(entries.get(key).list());
      }
    }
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    String join = entries.containsKey("join") ? entries.get("join").text() : " ";
    return Optional.of(
        new Field(columns.stream().map(MappingReader::column).toList(), join, "", null));
  }

  private static EventRule rule(Value value, Map<FieldName, Field> always) {
    return value.section(
        section -> {
          Condition when =
              section.find("when").map(MappingReader::condition).orElse(Condition.ALWAYS);
          Map<FieldName, Field> fields = new EnumMap<>(FieldName.class);
          fields.putAll(always);
          fields.putAll(fields(section));
          return new EventRule(when, fields);
        });
  }

  private static Map<FieldName, Field> fields(Section section) {
    Map<FieldName, Field> fields = new EnumMap<>(FieldName.class);
    for (FieldName name : FieldName.values()) {
      section.find(name.key()).ifPresent(value -> fields.put(name, field(name, value)));
    }
    return fields;
  }

  private static Field field(FieldName name, Value value) {
    if (value.isSection()) {
      return value.section(section -> field(name, section));
    }
    if (value.isList()) {
      return new Field(value.list().stream().map(MappingReader::column).toList(), "-", "", null);
    }
    // kind: access and direction: IN say it themselves; no column is asked.
    if (!value.isNumber() && Words.isWord(name, value.text())) {
      return Field.constant(value.text());
    }
    return new Field(List.of(column(value)), "", "", null);
  }

  private static Field field(FieldName name, Section section) {
    Optional<Value> constant = section.find("constant");
    List<Value> columns = new ArrayList<>();
    section.find("column").ifPresent(value -> columns.addAll(value.list()));
    section.find("columns").ifPresent(value -> columns.addAll(value.list()));
    String join = section.text("join", "-");
    if (constant.isPresent() != columns.isEmpty()) {
      throw section.wrong(
          "'" + name.key() + "' needs either a column or a constant.",
          "write {column: NAME} or {constant: VALUE}.");
    }
    Map<String, String> exact = new LinkedHashMap<>();
    List<Translation.ByPattern> patterns = new ArrayList<>();
    section
        .find("values")
        .ifPresent(
            values -> values.entries().forEach((from, to) -> translate(from, to, exact, patterns)));
    Optional<String> otherwise = section.find("otherwise").map(Value::text);
    boolean translates = !exact.isEmpty() || !patterns.isEmpty() || otherwise.isPresent();
    return new Field(
        columns.stream().map(MappingReader::column).toList(),
        join,
        constant.map(Value::text).orElse(""),
        translates ? new Translation(exact, patterns, otherwise.orElse(null)) : null);
  }

  private static void translate(
      String from, Value to, Map<String, String> exact, List<Translation.ByPattern> patterns) {
    if (from.length() > 1 && from.startsWith("/") && from.endsWith("/")) {
      try {
        Pattern pattern = Pattern.compile(from.substring(1, from.length() - 1));
        patterns.add(new Translation.ByPattern(pattern, to.text()));
      } catch (PatternSyntaxException e) {
        throw to.wrong("'" + from + "' is not a regular expression.", e.getDescription() + ".");
      }
    } else {
      exact.put(from.toLowerCase(Locale.ROOT), to.text());
    }
  }

  private static ColumnRef column(Value value) {
    return value.isNumber()
        ? new ColumnRef("", Math.max(1, Integer.parseInt(value.text())), value.where())
        : column(value.text(), value.where());
  }

  /** By name, or by number as #3. */
  private static ColumnRef column(String text, String where) {
    return NUMBERED.matcher(text).matches()
        ? new ColumnRef("", Integer.parseInt(text.substring(1)), where)
        : new ColumnRef(text, 0, where);
  }

  private static Condition condition(Value value) {
    List<Condition.Test> tests = new ArrayList<>();
    value
        .entries()
        .forEach(
            (column, test) ->
                tests.add(new Condition.Test(column(column, test.where()), test(test))));
    return new Condition(tests);
  }

  private static Predicate<String> test(Value value) {
    if (value.isSection()) {
      return value.section(
          section -> {
            List<Predicate<String>> all = new ArrayList<>();
            section
                .as("matches", Pattern::compile, "a regular expression")
                .ifPresent(pattern -> all.add(text -> pattern.matcher(text).matches()));
            section.find("not").ifPresent(not -> all.add(test(not).negate()));
            section
                .find("empty")
                .map(Value::truth)
                .ifPresent(empty -> all.add(text -> text.isEmpty() == empty));
            return all.stream().reduce(text -> true, Predicate::and);
          });
    }
    Collection<String> wanted = value.texts();
    return wanted::contains;
  }
}
