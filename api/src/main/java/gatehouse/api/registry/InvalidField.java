package gatehouse.api.registry;

import gatehouse.api.http.Refusal;
import java.util.Map;

/**
 * A field of a registry entry does not hold what it must. The message says why, never the value.
 */
public final class InvalidField extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * A field and what is wrong with it.
   *
   * @param reason a key of the texts, e.g. plate-form
   */
  InvalidField(String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  /** The refusal of a request that brought it. */
  public Refusal refusal() {
    return Refusal.badValue(field).with(Map.of("field", field, "reason", reason()));
  }

  String field() {
    return field;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
