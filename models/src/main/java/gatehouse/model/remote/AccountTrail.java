package gatehouse.model.remote;

import gatehouse.registry.PhoneBinding;
import java.util.List;

/**
 * An account that opens doors remotely.
 *
 * @param bindings its phones, in the order of recording
 * @param asked its requests of the last day, oldest first
 * @param told requests from phones that were taken for new or unknown
 */
public record AccountTrail(List<PhoneBinding> bindings, List<Asked> asked, List<Asked> told) {

  /** Nothing known. */
  public static final AccountTrail NEW = new AccountTrail(List.of(), List.of(), List.of());
}
