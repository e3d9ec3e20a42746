package gatehouse.analysis;

import gatehouse.analysis.SettingsChange.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All changes of settings; says which values hold for a model at a place and time. */
public final class SettingsBook {

  private static final Comparator<SettingsChange> NARROWEST_AND_NEWEST_LAST =
      Comparator.comparing(SettingsChange::scope).thenComparing(SettingsChange::effectiveFrom);

  private final Map<String, List<SettingsChange>> byModel = new HashMap<>();

  /** A book with these changes. */
  public static SettingsBook of(SettingsChange... changes) {
    SettingsBook book = new SettingsBook();
    for (SettingsChange change : changes) {
      book.add(change);
    }
    return book;
  }

  /** Adds a change; one with the same scope and time is replaced. */
  public void add(SettingsChange change) {
    List<SettingsChange> changes =
        byModel.computeIfAbsent(change.model(), model -> new ArrayList<>());
    changes.removeIf(
        old ->
            old.scope() == change.scope()
                && old.scopeId().equals(change.scopeId())
                && old.effectiveFrom().equals(change.effectiveFrom()));
    changes.add(change);
    changes.sort(NARROWEST_AND_NEWEST_LAST);
  }

  /** The values that differ from the model's defaults, for this scope and event time. */
  public Map<String, String> valuesFor(String model, ScopePath path, Instant at) {
    List<SettingsChange> changes = byModel.get(model);
    if (changes == null) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (SettingsChange change : changes) {
      if (!change.effectiveFrom().isAfter(at) && path.isIn(change)) {
        values.putAll(change.values());
      }
    }
    return values;
  }

  /**
   * Where a fact belongs, from wide to narrow.
   *
   * @param communityClass empty if none
   * @param community the community
   * @param place empty if none
   */
  public record ScopePath(String communityClass, String community, String place) {

    /** Of a key that has not seen a fact. */
    public static final ScopePath UNKNOWN = new ScopePath("", "", "");

    private boolean isIn(SettingsChange change) {
      Scope scope = change.scope();
      return switch (scope) {
        case CITY -> true;
        case COMMUNITY_CLASS -> change.scopeId().equals(communityClass);
        case COMMUNITY -> change.scopeId().equals(community);
        case PLACE -> change.scopeId().equals(community + "/" + place);
      };
    }
  }
}
