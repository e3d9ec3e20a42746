package gatehouse.analysis;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody changed a model's settings for a scope.
 *
 * @param model the model's id
 * @param scope how wide
 * @param scopeId community class, community, or community/place; empty for the city
 * @param effectiveFrom event time from which it holds
 * @param values the changed values by name, as text; durations in ISO 8601
 * @param changedBy who changed it
 */
public record SettingsChange(
    String model,
    Scope scope,
    String scopeId,
    Instant effectiveFrom,
    Map<String, String> values,
    String changedBy) {

  /** Narrower scopes win. */
  public enum Scope {
    CITY,
    COMMUNITY_CLASS,
    COMMUNITY,
    PLACE
  }
}
