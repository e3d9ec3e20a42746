package gatehouse.api.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Resolver {

  /** The system's own. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * All addresses of the host.
   *
   * @throws UnknownHostException if it has none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
