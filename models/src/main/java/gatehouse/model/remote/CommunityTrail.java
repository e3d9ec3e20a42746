package gatehouse.model.remote;

import gatehouse.registry.Lockdown;
import java.util.List;

/**
 * A community whose doors may be held closed.
 *
 * @param lockdowns that hold, or held lately, in the order of recording
 * @param asked authorised requests of the last minutes, oldest first
 * @param opened remote openings of the last day, oldest first
 */
public record CommunityTrail(List<Lockdown> lockdowns, List<Asked> asked, List<Opened> opened) {

  /** Nothing known. */
  public static final CommunityTrail NEW = new CommunityTrail(List.of(), List.of(), List.of());
}
