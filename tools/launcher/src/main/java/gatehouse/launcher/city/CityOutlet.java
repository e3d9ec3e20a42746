package gatehouse.launcher.city;

import gatehouse.fact.Fact;
import java.io.IOException;
import java.util.List;

/** Where a labelled city is told. */
public interface CityOutlet extends AutoCloseable {

  /**
   * Takes the next fact; may wait until there is room for it.
   *
   * @throws IOException if it, or an earlier one, could not be taken
   */
  void take(Fact fact) throws IOException, InterruptedException;

  /**
   * Waits until everything is received.
   *
   * @return what was received, a line for people each
   * @throws IOException if something was not
   */
  List<String> received() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
