package gatehouse.replay.site;

import gatehouse.event.CredentialType;
import gatehouse.registry.Residency;
import gatehouse.replay.log.BadRowException;
import gatehouse.replay.mapping.TimeReader;
import gatehouse.replay.site.Site.FactSpec;
import gatehouse.replay.site.Site.FactSpec.Kind;
import gatehouse.replay.yaml.Section;
import gatehouse.replay.yaml.Value;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the known facts of a site file. */
final class FactReader {

  private final TimeReader times;

  FactReader(ZoneId zone) {
    this.times =
        new TimeReader(List.of("iso", "yyyy-MM-dd'T'HH", "yyyy-MM-dd HH"), zone, Locale.ROOT);
  }

  FactSpec read(Value value) {
    return value.section(
        section -> {
          List<Kind> kinds =
              Stream.of(Kind.values())
                  .filter(kind -> section.find(word(kind)).isPresent())
                  .toList();
          if (kinds.size() != 1) {
            throw section.wrong(
                "a fact is about one thing.",
                "it begins with one of "
                    + Stream.of(Kind.values()).map(FactReader::word).toList()
                    + ".");
          }
          return fact(kinds.get(0), section);
        });
  }

  /** The kind as the site file writes it, e.g. visitorPass. */
  private static String word(Kind kind) {
    StringBuilder word = new StringBuilder();
    for (String part : kind.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      word.append(
          word.length() == 0
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
    }
    return word.toString();
  }

  private FactSpec fact(Kind kind, Section section) {
    String id = section.get(word(kind)).text();
    Map<String, String> texts = new HashMap<>();
    Map<String, List<String>> lists = new HashMap<>();
    List<String> textKeys = new ArrayList<>();
    List<String> listKeys = new ArrayList<>();
    boolean ends = false;
    switch (kind) {
      case SUPERSEDED -> {
        texts.put("by", section.get("by").text());
        ends = true;
      }
      case SUPERSEDED_BY_NUMBER -> checkPattern(section.get(word(kind)));
      case LOST, REVOKED, EXPIRED, MOVED_OUT -> ends = true;
      case CREDENTIAL -> {
        textKeys.addAll(List.of("holder", "unit"));
        listKeys.add("places");
        section
            .as(
                "type",
                word -> CredentialType.valueOf(word.toUpperCase(Locale.ROOT)),
                "card, face, pin, app, qr, key, remote, plate or other")
            .ifPresent(type -> texts.put("type", type.name()));
      }
      case LEASE -> {
        textKeys.addAll(List.of("unit", "tenant"));
        listKeys.add("credentials");
      }
      case VISITOR_PASS -> {
        textKeys.addAll(List.of("host", "unit"));
        listKeys.add("places");
        section
            .as("uses", Integer::parseUnsignedInt, "a number of uses")
            .ifPresent(uses -> texts.put("uses", uses.toString()));
      }
      case VEHICLE ->
          textKeys.addAll(List.of("owner", "unit", "colour", "type", "brand", "subjectType"));
      case RESIDENCY -> {
        textKeys.add("unit");
        section
            .as(
                "role",
                word -> Residency.Role.valueOf(word.toUpperCase(Locale.ROOT)),
                "owner, tenant, family, carer, staff or contractor")
            .ifPresent(role -> texts.put("role", role.name()));
      }
      case OBJECT -> {
        textKeys.addAll(List.of("kind", "owner"));
        listKeys.add("household");
        texts.put("armed", Boolean.toString(section.truth("armed", false)));
      }
      case PERMIT -> {
        textKeys.add("kind");
        listKeys.addAll(List.of("subjects", "places"));
      }
    }
    textKeys.forEach(key -> section.find(key).ifPresent(v -> texts.put(key, v.text())));
    listKeys.forEach(key -> lists.put(key, section.texts(key)));
    Optional<Instant> known = section.as("known", this::time, "2026-01-31 08:00");
    Instant from = ends ? null : optional(section, "from");
    Instant to = ends ? time(section.get("at")) : optional(section, "to");
    return new FactSpec(kind, id, from, to, known.orElse(null), texts, lists);
  }

  private static void checkPattern(Value value) {
    Pattern pattern = value.as(Pattern::compile, "a regular expression like ([a-z]+)(\\d+)");
    if (pattern.matcher("").groupCount() != 2) {
      throw value.wrong(
          "the pattern must have two groups: the holder and the number.",
          "([a-z]+)(\\d+) is meant.");
    }
  }

  private @Nullable Instant optional(Section section, String key) {
    return section.as(key, this::time, "2026-01-31 08:00").orElse(null);
  }

  private Instant time(Value value) {
    return value.as(this::time, "2026-01-31 08:00");
  }

  /** A day alone begins at midnight. */
  Instant time(String text) {
    try {
      return times.read(text.matches("\\d{4}-\\d{1,2}-\\d{1,2}") ? text + " 00:00" : text);
    } catch (BadRowException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
