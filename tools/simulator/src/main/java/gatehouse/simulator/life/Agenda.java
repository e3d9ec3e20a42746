package gatehouse.simulator.life;

import gatehouse.event.DeviceEvent;
import gatehouse.event.Origin;
import java.time.Duration;
import java.util.function.Function;

/** Lets things happen at their time, one after the other. */
public interface Agenda {

  /** Does something after a while. */
  void after(Duration delay, Runnable something);

  /** Lets a device report something after a while. */
  void report(Duration delay, String community, String device, Function<Origin, DeviceEvent> event);
}
