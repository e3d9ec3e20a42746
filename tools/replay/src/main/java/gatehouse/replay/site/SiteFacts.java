package gatehouse.replay.site;

import gatehouse.analysis.SettingsChange;
import gatehouse.event.CredentialType;
import gatehouse.event.Direction;
import gatehouse.event.Plates;
import gatehouse.fact.Fact;
import gatehouse.registry.Credential;
import gatehouse.registry.Entry;
import gatehouse.registry.Lease;
import gatehouse.registry.ListMembership;
import gatehouse.registry.Permit;
import gatehouse.registry.RegistryFact;
import gatehouse.registry.Residency;
import gatehouse.registry.TaggedObject;
import gatehouse.registry.Vehicle;
import gatehouse.registry.VisitorPass;
import gatehouse.replay.mapping.Ids;
import gatehouse.replay.mapping.Stations;
import gatehouse.replay.site.Site.FactSpec;
import gatehouse.replay.site.Site.PlaceSpec;
import gatehouse.replay.site.Site.RuleSpec;
import gatehouse.site.Community;
import gatehouse.site.Device;
import gatehouse.site.PassRule;
import gatehouse.site.Place;
import gatehouse.site.PlaceEntry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a site file, and what the log itself shows, into facts for the pipeline. */
public final class SiteFacts {

  private final Site site;
  private final String community;
  private final Instant since;
  private final Set<String> plates;
  private int entries;

  /**
   * Facts of a site.
   *
   * @param since when all that has no time of its own became known; before the log begins
   * @param plates the plates of the log in canonical form; in rules and lists they may be written
   *     as the log writes them
   */
  public SiteFacts(Site site, String community, Instant since, Set<String> plates) {
    this.site = site;
    this.community = community;
    this.since = since;
    this.plates = Set.copyOf(plates);
  }

  /** The community, its places and devices. */
  public List<Fact> places(Stations stations) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Community(
            community,
            since,
            site.name().isEmpty() ? community : site.name(),
            site.communityClass(),
            "",
            site.zone().getId(),
            null));
    Map<String, String> names = new LinkedHashMap<>();
    site.places().keySet().forEach(name -> names.put(Ids.of(name), name));
    stations.placeNames().forEach(names::putIfAbsent);
    Map<String, Map<String, Duration>> ways =
        new Ways(site.ways(), site.waysComplete()).byPlace(names.values());
    names.forEach(
        (id, name) ->
            facts.add(
                new PlaceEntry(
                    community, since, since, place(id, name, ways.getOrDefault(name, Map.of())))));
    for (Stations.Station station : stations.devices()) {
      facts.add(
          new Device(
              station.device(),
              community,
              since,
              station.place(),
              "replayed",
              Direction.UNKNOWN,
              station.name(),
              true));
    }
    return facts;
  }

  private Place place(String id, String name, Map<String, Duration> ways) {
    PlaceSpec spec = site.places().getOrDefault(name, PlaceSpec.PLAIN);
    List<PassRule> rules = new ArrayList<>(spec.rules());
    for (RuleSpec rule : site.rules()) {
      if (rule.places().stream().anyMatch(glob -> matches(glob, name))) {
        rules.addAll(rule.rules());
      }
    }
    return new Place(
        id,
        spec.kind(),
        spec.name().isEmpty() ? name : spec.name(),
        "",
        site.communityClass(),
        site.zone().getId(),
        spec.from(),
        spec.to(),
        spec.position(),
        spec.door(),
        rules.stream().map(this::withPlates).toList(),
        ways);
  }

  private PassRule withPlates(PassRule rule) {
    Set<String> subjects =
        rule.subjects().stream().map(this::subject).collect(Collectors.toUnmodifiableSet());
    return new PassRule(
        rule.effect(),
        rule.subjectTypes(),
        subjects,
        rule.lists(),
        rule.days(),
        rule.from(),
        rule.to(),
        rule.direction());
  }

  /** The subject as the events name it. */
  private String subject(String written) {
    String plate = Plates.canonical(written);
    return plates.contains(plate) ? plate : written;
  }

  /** What is wrong with the rules, given the places there are; none if nothing is. */
  public List<String> idleRules(Stations stations) {
    Set<String> names = new LinkedHashSet<>(site.places().keySet());
    names.addAll(stations.placeNames().values());
    List<String> idle = new ArrayList<>();
    for (RuleSpec rule : site.rules()) {
      for (String glob : rule.places()) {
        if (names.stream().noneMatch(name -> matches(glob, name))) {
          idle.add(rule.where() + ": no place is called '" + glob + "'.");
        }
      }
    }
    return idle;
  }

  private static boolean matches(String glob, String name) {
    String pattern =
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return name.matches(pattern);
  }

  /**
   * What is registered.
   *
   * @param firstUses when each credential was first used in the log
   */
  public List<RegistryFact> registry(Map<String, Instant> firstUses) {
    List<RegistryFact> facts = new ArrayList<>();
    site.lists()
        .forEach(
            (list, subjects) ->
                subjects.forEach(
                    subject -> facts.add(new ListMembership(always(), list, subject(subject)))));
    for (FactSpec fact : site.facts()) {
      facts.addAll(registry(fact, firstUses));
    }
    return facts;
  }

  private List<? extends RegistryFact> registry(FactSpec fact, Map<String, Instant> firstUses) {
    return switch (fact.kind()) {
      case SUPERSEDED -> List.of(ended(fact, Credential.Status.SUPERSEDED, fact.text("by")));
      case SUPERSEDED_BY_NUMBER -> numbered(Pattern.compile(fact.id()), firstUses);
      case LOST -> List.of(ended(fact, Credential.Status.LOST, null));
      case REVOKED -> List.of(ended(fact, Credential.Status.REVOKED, null));
      case EXPIRED -> List.of(ended(fact, Credential.Status.EXPIRED, null));
      case MOVED_OUT -> List.of(ended(fact, Credential.Status.MOVED_OUT, null));
      case CREDENTIAL ->
          List.of(
              new Credential(
                  entry(fact),
                  fact.id(),
                  fact.text("type").isEmpty()
                      ? CredentialType.OTHER
                      : CredentialType.valueOf(fact.text("type")),
                  fact.orNull("holder"),
                  fact.orNull("unit"),
                  ids(fact.list("places")),
                  fact.to() == null ? Credential.Status.ACTIVE : Credential.Status.EXPIRED,
                  null));
      case LEASE ->
          List.of(
              new Lease(
                  entry(fact),
                  fact.id(),
                  fact.text("unit"),
                  fact.text("tenant"),
                  fact.list("credentials")));
      case VISITOR_PASS ->
          List.of(
              new VisitorPass(
                  entry(fact),
                  fact.id(),
                  fact.text("host"),
                  fact.text("unit"),
                  ids(fact.list("places")),
                  fact.text("uses").isEmpty() ? 0 : Integer.parseInt(fact.text("uses"))));
      case VEHICLE ->
          List.of(
              new Vehicle(
                  entry(fact),
                  Plates.canonical(fact.id()),
                  fact.orNull("owner"),
                  fact.orNull("unit"),
                  fact.text("colour"),
                  fact.text("type"),
                  fact.text("brand"),
                  fact.text("subjectType"),
                  false));
      case RESIDENCY ->
          List.of(
              new Residency(
                  entry(fact),
                  fact.id(),
                  fact.text("unit"),
                  fact.text("role").isEmpty()
                      ? Residency.Role.OWNER
                      : Residency.Role.valueOf(fact.text("role"))));
      case OBJECT ->
          List.of(
              new TaggedObject(
                  entry(fact),
                  fact.id(),
                  fact.text("kind"),
                  fact.text("owner"),
                  fact.list("household"),
                  fact.text("armed").equals("true")));
      case PERMIT ->
          List.of(
              new Permit(
                  entry(fact),
                  fact.id(),
                  fact.text("kind"),
                  fact.list("subjects"),
                  ids(fact.list("places"))));
    };
  }

  private static List<String> ids(List<String> names) {
    return names.stream().map(Ids::of).toList();
  }

  /**
   * A credential whose validity has ended; known from the end on unless the file says otherwise.
   */
  private Credential ended(FactSpec fact, Credential.Status status, @Nullable String by) {
    Instant end = fact.to() == null ? since : fact.to();
    return ended(fact.id(), end, fact.known() == null ? end : fact.known(), status, by);
  }

  private Credential ended(
      String credential,
      Instant end,
      Instant known,
      Credential.Status status,
      @Nullable String by) {
    Instant from = end.isBefore(since) ? end : since;
    return new Credential(
        new Entry(nextId(), community, known, from, end),
        credential,
        CredentialType.OTHER,
        null,
        null,
        List.of(),
        status,
        by);
  }

  /** Of each holder's numbered credentials, the next one's first use ends the one before. */
  private List<Credential> numbered(Pattern pattern, Map<String, Instant> firstUses) {
    Map<String, TreeMap<BigInteger, String>> byHolder = new TreeMap<>();
    for (String credential : firstUses.keySet()) {
      Matcher matcher = pattern.matcher(credential);
      if (matcher.matches() && matcher.group(2).matches("\\d+")) {
        byHolder
            .computeIfAbsent(matcher.group(1), holder -> new TreeMap<>())
            .put(new BigInteger(matcher.group(2)), credential);
      }
    }
    List<Credential> ended = new ArrayList<>();
    for (TreeMap<BigInteger, String> numbers : byHolder.values()) {
      String before = null;
      for (String credential : numbers.values()) {
        Instant at = firstUses.get(credential);
        if (before != null && at != null) {
          ended.add(ended(before, at, at, Credential.Status.SUPERSEDED, credential));
        }
        before = credential;
      }
    }
    return ended;
  }

  private Entry always() {
    return new Entry(nextId(), community, since, since, null);
  }

  private Entry entry(FactSpec fact) {
    Instant known = fact.known() == null ? since : fact.known();
    return new Entry(
        nextId(), community, known, fact.from() == null ? since : fact.from(), fact.to());
  }

  private String nextId() {
    entries++;
    return "site-%05d".formatted(entries);
  }

  /** Changed settings; they hold from the beginning of time. */
  public List<SettingsChange> settings() {
    return site.settings().stream()
        .map(
            setting ->
                new SettingsChange(
                    setting.model(),
                    setting.place().isEmpty()
                        ? SettingsChange.Scope.COMMUNITY
                        : SettingsChange.Scope.PLACE,
                    setting.place().isEmpty()
                        ? community
                        : community + '/' + Ids.of(setting.place()),
                    Instant.EPOCH,
                    setting.values(),
                    "site file"))
        .toList();
  }
}
