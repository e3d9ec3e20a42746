package gatehouse.model;

import gatehouse.alert.Audience;
import gatehouse.alert.EpisodePolicy;
import gatehouse.alert.Evidence;
import gatehouse.alert.Finding;
import gatehouse.analysis.AnalysisModel;
import gatehouse.analysis.ModelCard;
import gatehouse.analysis.ModelCard.LateData;
import gatehouse.analysis.ModelEntry;
import gatehouse.analysis.Ordering;
import gatehouse.analysis.Settings.Setting;
import gatehouse.analysis.Step;
import gatehouse.event.AccessEvent;
import gatehouse.event.CredentialType;
import gatehouse.event.DeviceEvent;
import gatehouse.event.FaceCapture;
import gatehouse.fact.Fact;
import gatehouse.model.TravelLink.Kind;
import gatehouse.registry.Credential;
import gatehouse.registry.Credential.Status;
import gatehouse.site.Place;
import gatehouse.site.Position;
import gatehouse.stats.NormalTail;
import gatehouse.stats.TravelTime;
import gatehouse.stats.TravelTime.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One credential, or one registered person, at two points faster than travel allows (时空矛盾).
 *
 * <p>Keyed by credential, and by person across communities. Each sighting is tested against the one
 * before it. Two faces alone are no alert for the property: a false match explains them better than
 * two people do, unless both are very alike and the way is far too long.
 */
public final class ImpossibleTravel implements AnalysisModel<Fact, ImpossibleTravel.State> {

  private static final int LINKS = 8;
  private static final int VERSIONS = 16;

  /** Types that are where their holder is: no shared code, no key, no command from afar. */
  private static final Set<CredentialType> PRESENT =
      Set.of(
          CredentialType.CARD,
          CredentialType.QR,
          CredentialType.APP,
          CredentialType.FACE,
          CredentialType.OTHER);

  private final Settings settings;
  private final TravelTime within;
  private final TravelTime between;

  ImpossibleTravel(Settings settings) {
    this.settings = settings;
    this.within = travel(settings.speedWithin(), settings);
    this.between = travel(settings.speedBetween() / 3.6, settings);
  }

  private static TravelTime travel(double metresPerSecond, Settings settings) {
    return new TravelTime(
        metresPerSecond,
        settings.detour(),
        settings.travelFactor(),
        settings.sigmas(),
        settings.slack().toMillis() / 1000.0);
  }

  /** What is feasible, and what a sighting is worth. */
  public record Settings(
      @Setting(
              value = "top speed between communities, by any means",
              unit = "km/h",
              min = 1,
              max = 300)
          double speedBetween,
      @Setting(value = "top speed inside a community: an e-bike", unit = "m/s", min = 0.1, max = 50)
          double speedWithin,
      @Setting(value = "way over straight line where no way is declared", min = 1, max = 5)
          double detour,
      @Setting(value = "the least time is shortened by this before it counts", max = 1)
          double travelFactor,
      @Setting(value = "standard deviations of the clocks that are granted", max = 10)
          double sigmas,
      @Setting(value = "what is granted beside", max = 3600) Duration slack,
      @Setting(value = "shorter ways inside a community are not judged", unit = "m")
          double minDistance,
      @Setting(value = "similarity from which cameras call it a match", unit = "share", max = 1)
          double matchThreshold,
      @Setting(value = "a face must be more alike than that by this much", unit = "share", max = 1)
          double similarityMargin,
      @Setting(value = "captures of less quality are left out", unit = "share", max = 1)
          double minQuality,
      @Setting(value = "two faces alone count only if both are so alike", unit = "share", max = 1)
          double sureSimilarity,
      @Setting("and if the way is too long by more than this") Duration faceOnlyMargin,
      @Setting(
              value = "probability that a capture is a false match",
              unit = "probability",
              min = 1e-12,
              max = 1)
          double falseMatch,
      @Setting(
              value = "probability that two people make such a link",
              unit = "probability",
              min = 1e-12,
              max = 1)
          double twoPeople,
      @Setting(
              value = "least probability of an innocent link: what nobody thought of",
              unit = "probability",
              min = 1e-12,
              max = 1)
          double innocentFloor,
      @Setting("a sighting is compared with the next for this long") Duration remember,
      @Setting("what was told can be taken back for this long") Duration lateReach)
      implements gatehouse.analysis.Settings {

    /**
     * Inside a community 7 m/s, the 25 km/h of an e-bike (GB 17761), and not the 2.5 m/s of a
     * walker: whoever rides from the gate to the door would be an alert every day.
     */
    static final Settings DEFAULTS =
        new Settings(
            90,
            7,
            1.3,
            0.85,
            3,
            Duration.ofSeconds(30),
            300,
            0.75,
            0.05,
            0.6,
            0.9,
            Duration.ofMinutes(5),
            1e-4,
            1e-4,
            1e-6,
            Duration.ofDays(2),
            Duration.ofDays(7));
  }

  /**
   * A credential or a person.
   *
   * @param last the last sighting; null: none that still matters
   * @param lastPlace where it was
   * @param links pairs of sightings that one person cannot have made, oldest first
   * @param credentials what is registered as the person's
   */
  public record State(
      @Nullable TravelSighting last,
      @Nullable Place lastPlace,
      List<TravelLink> links,
      List<Credential> credentials) {

    static final State NEW = new State(null, null, List.of(), List.of());
  }

  /** The catalogue's line. */
  public static ModelEntry<Fact, State, Settings> entry() {
    return new ModelEntry<>(
        "impossible-travel",
        1,
        Ordering.EVENT_TIME,
        Set.of(PassageInContext.class, Credential.class),
        State.class,
        Settings.DEFAULTS,
        ImpossibleTravel::new,
        new EpisodePolicy(Duration.ofHours(24), Duration.ZERO, Duration.ofDays(30)),
        new ModelCard(
            "Impossible travel",
            "时空矛盾",
            "One credential, or one registered person, is seen at two points faster than anybody"
                + " can travel, clock errors included: a copied or lent credential, or a wrong"
                + " enrolment. People look at both pictures before anything follows.",
            List.of(Audience.PROPERTY, Audience.RESIDENT, Audience.OPERATIONS),
            LateData.ORDERED,
            List.of(
                "A look-alike or a poor picture: faces must be well above the match threshold, and"
                    + " two faces alone go to operations as a matter of match quality.",
                "A clock is off: known offsets are taken off, the rest widens what is feasible.",
                "An e-bike or car inside the community: top speed is that of an e-bike, and short"
                    + " ways are not judged.",
                "A PIN or key that a household shares, a door opened from afar by phone: left out.",
                "The credential was somebody else's by then: the registry is read for the time of"
                    + " use, and a change that is recorded late takes the alert back.",
                "A picture or screen held up to a camera: captures judged not live are left out.",
                "Nothing is known of the way: not judged."),
            "models-spec T8 and impossible-travel; shortened travel time after Li et al. (2018)"),
        ImpossibleTravelExample::history);
  }

  @Override
  public List<String> keys(Fact fact) {
    if (fact instanceof Credential credential) {
      return credential.holder() == null ? List.of() : List.of(person(credential.holder()));
    }
    TravelSighting sighting = fact instanceof PassageInContext passage ? sighting(passage) : null;
    if (sighting == null) {
      return List.of();
    }
    String credential =
        sighting.credential().isEmpty()
            ? ""
            : "credential|" + sighting.community() + '|' + sighting.credential();
    String person = sighting.person() == null ? "" : person(sighting.person());
    return Stream.of(credential, person).filter(key -> !key.isEmpty()).toList();
  }

  private static String person(String id) {
    return "person|" + id;
  }

  private static boolean ofPerson(String key) {
    return key.startsWith("person|");
  }

  /** The event as a sighting; null if it does not say where somebody is. */
  private @Nullable TravelSighting sighting(PassageInContext passage) {
    DeviceEvent event = passage.event();
    if (event instanceof AccessEvent use) {
      boolean face = use.credentialType() == CredentialType.FACE;
      boolean present =
          PRESENT.contains(use.credentialType())
              && use.command() == null
              && (use.passed() || !face);
      return present ? sighting(passage, use.credential(), use.person(), face, null) : null;
    } else if (event instanceof FaceCapture capture) {
      boolean sure =
          capture.similarity() >= settings.matchThreshold() + settings.similarityMargin()
              && capture.quality() >= settings.minQuality()
              && !Boolean.FALSE.equals(capture.live());
      return sure ? sighting(passage, "", capture.person(), true, capture.similarity()) : null;
    }
    return null;
  }

  private static TravelSighting sighting(
      PassageInContext passage,
      String credential,
      @Nullable String person,
      boolean face,
      @Nullable Double similarity) {
    DeviceEvent event = passage.event();
    return new TravelSighting(
        Evidence.of(event, "impossible-travel.seen"),
        event.community(),
        Labels.of(event.place()),
        event.place().timeZone(),
        passage.trueTime(),
        passage.clockSigma(),
        credential,
        person,
        face,
        similarity);
  }

  @Override
  public Step<State> onEvent(String key, Fact fact, @Nullable State before) {
    State state = recent(before == null ? State.NEW : before, fact.time());
    if (fact instanceof Credential credential) {
      State now =
          new State(
              state.last(),
              state.lastPlace(),
              state.links(),
              Validity.with(state.credentials(), credential, VERSIONS));
      return judged(key, now, credential.time());
    }
    TravelSighting seen = fact instanceof PassageInContext passage ? sighting(passage) : null;
    if (seen == null || !isTheirs(seen, state) || !(fact instanceof PassageInContext passage)) {
      return kept(state, List.of());
    }
    Place place = passage.event().place();
    List<TravelLink> links = new ArrayList<>(state.links());
    TravelLink link = link(key, state, seen, place);
    if (link != null) {
      links.add(link);
    }
    List<TravelLink> newest = links.subList(Math.max(0, links.size() - LINKS), links.size());
    State now = new State(seen, place, List.copyOf(newest), state.credentials());
    return link == null ? kept(now, List.of()) : judged(key, now, fact.time());
  }

  @Override
  public Step<State> onWake(String key, Instant now, State state) {
    State recent = recent(state, now);
    return recent.equals(State.NEW) ? Step.forget() : kept(recent, List.of());
  }

  /** The state without what no longer matters. */
  private State recent(State state, Instant now) {
    boolean matters =
        state.last() != null && state.last().event().time().plus(settings.remember()).isAfter(now);
    return new State(
        matters ? state.last() : null,
        matters ? state.lastPlace() : null,
        state.links().stream()
            .filter(link -> link.to().event().time().plus(settings.lateReach()).isAfter(now))
            .toList(),
        state.credentials().stream()
            .filter(
                credential -> {
                  Instant end = credential.entry().validTo();
                  return end == null || end.plus(settings.lateReach()).isAfter(now);
                })
            .toList());
  }

  /** Tests the newest sighting against the one before it. */
  private @Nullable TravelLink link(String key, State state, TravelSighting to, Place place) {
    TravelSighting from = state.last();
    Place fromPlace = state.lastPlace();
    // One credential at two places is told by its own key.
    if (from == null || fromPlace == null || (ofPerson(key) && from.sameCredential(to))) {
      return null;
    }
    boolean inside = from.community().equals(to.community());
    TravelTime travel = inside ? within : between;
    double least =
        travel.leastSeconds(new Stop(from.community(), fromPlace), new Stop(to.community(), place));
    double margin = travel.margin(least, from.secondsTo(to));
    boolean tooNear = inside && least * settings.speedWithin() < settings.minDistance();
    if (least <= 0 || tooNear || !travel.infeasible(margin, from.sigma(), to.sigma())) {
      return null;
    }
    double falseMatches = (from.face() ? 1 : 0) + (to.face() ? 1 : 0);
    double innocent =
        settings.innocentFloor()
            + NormalTail.beyond(margin / Math.hypot(from.sigma(), to.sigma()))
            + falseMatches * settings.falseMatch();
    return new TravelLink(
        from,
        to,
        kind(from, to, margin),
        least,
        metres(fromPlace.position(), place.position()),
        margin,
        innocent,
        "",
        "");
  }

  private Kind kind(TravelSighting from, TravelSighting to, double margin) {
    if (from.face() && to.face()) {
      boolean sure =
          margin > settings.faceOnlyMargin().toSeconds() && veryAlike(from) && veryAlike(to);
      return sure ? Kind.SURE_FACES : Kind.FACES;
    } else if (from.face() || to.face()) {
      return Kind.CREDENTIAL_AND_FACE;
    }
    return from.sameCredential(to) ? Kind.SAME_CREDENTIAL : Kind.TWO_CREDENTIALS;
  }

  private boolean veryAlike(TravelSighting sighting) {
    Double similarity = sighting.similarity();
    return similarity != null && similarity >= settings.sureSimilarity();
  }

  private static double metres(@Nullable Position from, @Nullable Position to) {
    return from == null || to == null ? -1 : from.distanceTo(to);
  }

  /**
   * Whether the credential was this person's at the time. Where the registry knows nothing of it,
   * the device's word counts.
   */
  private static boolean isTheirs(TravelSighting sighting, State state) {
    List<Credential> versions =
        state.credentials().stream()
            .filter(
                registered ->
                    registered.credential().equals(sighting.credential())
                        && registered.community().equals(sighting.community()))
            .toList();
    Credential version = Validity.at(versions, sighting.event().time());
    // A version without end that is not active says since when it no longer counts.
    return versions.isEmpty()
        || (version != null
            && (version.status() == Status.ACTIVE || version.entry().validTo() != null));
  }

  /** Tells links that are new, and takes back those that the registry explains. */
  private Step<State> judged(String key, State state, Instant now) {
    List<Finding> findings = new ArrayList<>();
    List<TravelLink> links = new ArrayList<>();
    for (TravelLink link : state.links()) {
      boolean stands = isTheirs(link.from(), state) && isTheirs(link.to(), state);
      TravelLink next = link;
      if (stands && !link.told()) {
        next = shown(link, links);
        findings.add(finding(key, next, now));
      } else if (!stands && link.told()) {
        findings.add(retraction(key, link, now));
        next = link.told("", "");
      }
      links.add(next);
    }
    return kept(
        new State(state.last(), state.lastPlace(), List.copyOf(links), state.credentials()),
        findings);
  }

  /** An alert stays in the community in which it began. */
  private static TravelLink shown(TravelLink link, List<TravelLink> before) {
    for (int i = before.size() - 1; i >= 0; i--) {
      TravelLink other = before.get(i);
      if (other.told() && episode("", other).equals(episode("", link))) {
        return link.told(other.toldIn(), other.toldAt());
      }
    }
    return link.told(link.to().community(), link.to().event().place());
  }

  private static String episode(String key, TravelLink link) {
    return link.kind() == Kind.FACES ? key + "|match-quality" : key;
  }

  private Finding finding(String key, TravelLink link, Instant now) {
    TravelSighting from = link.from();
    TravelSighting to = link.to();
    Finding.Builder finding =
        Finding.evidence(
                episode(key, link), to.event().eventId(), link.toldIn(), link.toldAt(), now)
            .since(
                from.event().time().isBefore(to.event().time())
                    ? from.event().time()
                    : to.event().time())
            .severity(link.kind().severity())
            .explanation("impossible-travel." + slug(link.kind()))
            .value("fromPlace", from.placeName())
            .value("fromTime", Labels.of(from.time(), from.local()))
            .value("toPlace", to.placeName())
            .value("toTime", Labels.of(to.time(), to.local()))
            .value("taken", Math.round(from.secondsTo(to)))
            .value("least", Math.round(link.leastSeconds()))
            .value("distance", distance(link.metres()))
            .value("margin", Math.round(link.margin()))
            .value("sigma", rounded(Math.hypot(from.sigma(), to.sigma())))
            .value("fromSimilarity", similarity(from))
            .value("toSimilarity", similarity(to))
            .stoppedBy("impossible-travel.stopped-by-time")
            .evidence(List.of(from.event(), to.event()))
            .score(settings.twoPeople() / (settings.twoPeople() + link.innocent()));
    if (ofPerson(key)) {
      finding.subject(Passage.PERSON, Objects.requireNonNullElse(to.person(), ""), "person");
    }
    Stream.of(from, to)
        .map(TravelSighting::credential)
        .filter(credential -> !credential.isEmpty())
        .distinct()
        .forEach(credential -> finding.subject(Passage.CREDENTIAL, credential, "credential"));
    if (!ofPerson(key) && to.person() != null) {
      finding.subject(Passage.PERSON, to.person(), "holder");
    }
    return link.kind() == Kind.FACES
        ? finding.to(Audience.OPERATIONS).build()
        : finding.to(Audience.PROPERTY).to(Audience.RESIDENT).build();
  }

  private static Finding retraction(String key, TravelLink link, Instant now) {
    return Finding.retract(
        episode(key, link),
        link.to().event().eventId(),
        link.toldIn(),
        link.toldAt(),
        now,
        "impossible-travel.explained-afterwards");
  }

  private static String slug(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String distance(double metres) {
    return metres < 0
        ? "?"
        : metres < 1000 ? Math.round(metres) + " m" : rounded(metres / 1000) + " km";
  }

  private static String similarity(TravelSighting sighting) {
    Double similarity = sighting.similarity();
    return similarity == null ? "-" : String.format(Locale.ROOT, "%.2f", similarity);
  }

  private static String rounded(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private Step<State> kept(State state, List<Finding> findings) {
    Instant wake = null;
    if (state.last() != null) {
      wake = state.last().event().time().plus(settings.remember());
    } else if (!state.links().isEmpty()) {
      wake = state.links().get(0).to().event().time().plus(settings.lateReach());
    }
    return Step.keep(state).findings(findings).wakeAt(wake);
  }
}
