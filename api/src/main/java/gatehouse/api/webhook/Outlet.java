package gatehouse.api.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/**
 * The only way out. The host is resolved once; if any of its addresses is not public, nothing is
 * sent; and what is connected to is an address that was checked, so that a second answer of the DNS
 * changes nothing.
 */
final class Outlet implements AutoCloseable {

  private final Resolver resolver;
  private final boolean allowPrivate;
  private final PinnedPost post;

  /**
   * An outlet.
   *
   * @param allowPrivate for tests and development: also addresses that are not public, any port,
   *     and plain HTTP to this machine
   * @param limit from the first packet to the answer's head
   */
  Outlet(Resolver resolver, boolean allowPrivate, SSLSocketFactory tls, Duration limit) {
    this.resolver = resolver;
    this.allowPrivate = allowPrivate;
    this.post = new PinnedPost(tls, limit);
  }

  /**
   * Checks where a webhook would go, now.
   *
   * @throws ForbiddenAddressException if it may not
   * @throws IOException if the host has no address
   */
  void check(String url) throws IOException {
    addresses(Target.of(url, allowPrivate));
  }

  /**
   * Sends a request and returns the status of the answer. Redirects are answers like any other.
   *
   * @throws ForbiddenAddressException if it may not go there
   * @throws IOException if there is no answer in time
   */
  int send(String url, Map<String, String> headers, String body) throws IOException {
    Target target = Target.of(url, allowPrivate);
    return post.send(target, addresses(target).get(0), headers, body);
  }

  @Override
  public void close() {
    post.close();
  }

  private List<InetAddress> addresses(Target target) throws IOException {
    List<InetAddress> found = resolver.resolve(target.host());
    if (found.isEmpty()) {
      throw new IOException("the host has no address");
    }
    if (!allowPrivate && !found.stream().allMatch(PublicAddresses::contain)) {
      throw new ForbiddenAddressException("the host has an address that is not public");
    }
    if (!target.secure() && !found.stream().allMatch(InetAddress::isLoopbackAddress)) {
      throw new ForbiddenAddressException("plain HTTP goes to this machine only");
    }
    return found;
  }
}
