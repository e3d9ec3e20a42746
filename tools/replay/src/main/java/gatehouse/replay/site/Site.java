package gatehouse.replay.site;

import gatehouse.site.DoorSpec;
import gatehouse.site.PassRule;
import gatehouse.site.Place;
import gatehouse.site.Position;
import gatehouse.site.Zone;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the site of a log. Places and devices go by the names that the log has for them.
 *
 * @param zone of rules, resets and of times without an offset
 * @param name shown to people
 * @param communityClass for settings, empty if none
 * @param places the places that are described
 * @param rules rules for several places
 * @param devices places of devices
 * @param ways least travel times
 * @param waysComplete whether there are no other ways than these, so that they can be chained
 * @param lists named lists
 * @param facts what is known of credentials, vehicles, leases ...
 * @param settings changed settings of models
 */
public record Site(
    ZoneId zone,
    String name,
    String communityClass,
    Map<String, PlaceSpec> places,
    List<RuleSpec> rules,
    Map<String, String> devices,
    List<Way> ways,
    boolean waysComplete,
    Map<String, List<String>> lists,
    List<FactSpec> facts,
    List<SettingSpec> settings) {

  /** Nothing is known. */
  public static Site plain(ZoneId zone) {
    return new Site(
        zone, "", "", Map.of(), List.of(), Map.of(), List.of(), false, Map.of(), List.of(),
        List.of());
  }

  /** The same in another zone. */
  public Site in(ZoneId other) {
    return new Site(
        other,
        name,
        communityClass,
        places,
        rules,
        devices,
        ways,
        waysComplete,
        lists,
        facts,
        settings);
  }

  /**
   * A place.
   *
   * @param kind what it is
   * @param name shown to people, empty: as the log calls it
   * @param from areas one is in before passing IN, outermost first
   * @param to areas one is in after passing IN, outermost first
   * @param position where it is, if known
   * @param door what is fitted
   * @param rules who may pass
   */
  public record PlaceSpec(
      Place.Kind kind,
      String name,
      List<Zone> from,
      List<Zone> to,
      @Nullable Position position,
      DoorSpec door,
      List<PassRule> rules) {

    /** A place of which nothing is known. */
    public static final PlaceSpec PLAIN =
        new PlaceSpec(Place.Kind.OTHER, "", List.of(), List.of(), null, DoorSpec.NONE, List.of());
  }

  /**
   * Rules that hold at several places.
   *
   * @param places names, with * for any characters
   * @param rules the rules
   * @param where where it stands, for messages
   */
  public record RuleSpec(List<String> places, List<PassRule> rules, String where) {}

  /**
   * A way between two places, in this direction.
   *
   * @param least least travel time
   */
  public record Way(String from, String to, Duration least) {}

  /**
   * A setting of a model.
   *
   * @param place name of the place where it holds; empty: everywhere
   * @param values the changed values
   */
  public record SettingSpec(String model, String place, Map<String, String> values) {}

  /**
   * Something that is known.
   *
   * @param kind what it is about
   * @param id of what it is about: a credential, a plate, ...
   * @param from from when it holds; null: always
   * @param to until when it holds; null: open end
   * @param known when it became known; null: the latest of {@code from} and {@code to} that made it
   * @param texts further texts by key
   * @param lists further lists by key
   */
  public record FactSpec(
      Kind kind,
      String id,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Instant known,
      Map<String, String> texts,
      Map<String, List<String>> lists) {

    /** What a fact is about. The words of the site file are the names in camel case. */
    public enum Kind {
      SUPERSEDED,
      SUPERSEDED_BY_NUMBER,
      LOST,
      REVOKED,
      EXPIRED,
      MOVED_OUT,
      CREDENTIAL,
      LEASE,
      VISITOR_PASS,
      VEHICLE,
      RESIDENCY,
      OBJECT,
      PERMIT
    }

    /** A further text; empty if it is not given. */
    public String text(String key) {
      return texts.getOrDefault(key, "");
    }

    /** A further text; null if it is not given. */
    public @Nullable String orNull(String key) {
      return texts.get(key);
    }

    /** A further list; empty if it is not given. */
    public List<String> list(String key) {
      return lists.getOrDefault(key, List.of());
    }
  }
}
