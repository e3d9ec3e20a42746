package gatehouse.api.door;

import gatehouse.api.http.Inputs;
import gatehouse.api.http.Refusal;
import org.jspecify.annotations.Nullable;

/** A door as a request names it: its device id, or community:id. */
public record DoorName(@Nullable String community, String door) {

  /** Reads a name; one that cannot be a door's names nothing. */
  public static DoorName parse(String text) {
    int colon = text.indexOf(':');
    try {
      String door = Inputs.id("id", text.substring(colon + 1));
      if (door == null) {
        throw Refusal.notFound();
      }
      return new DoorName(colon < 0 ? null : Inputs.id("id", text.substring(0, colon)), door);
    } catch (Refusal e) {
      throw Refusal.notFound();
    }
  }
}
