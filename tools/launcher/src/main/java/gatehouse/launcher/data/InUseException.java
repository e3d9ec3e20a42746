package gatehouse.launcher.data;

import java.io.IOException;
import java.nio.file.Path;

/** Another launcher works on the data directory. */
public final class InUseException extends IOException {
  private static final long serialVersionUID = 1L;

  InUseException(Path path, long pid) {
    super(
        "Gatehouse is already running on "
            + path
            + (pid == 0 ? "." : " (process " + pid + ").")
            + " Maybe ./gatehouse status, or up --data DIR for a second one.");
  }
}
