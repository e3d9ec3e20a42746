package gatehouse.api.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a webhook goes, taken apart. A host is a name or a plain address: numbers in other forms
 * (decimal, octal, hexadecimal, shortened) mean different hosts to different programs and are
 * refused.
 *
 * @param host without the brackets of an IPv6 address
 * @param path with the query
 */
record Target(boolean secure, String host, int port, String path) {

  private static final int MOST_CHARACTERS = 1_000;
  private static final Set<Integer> PORTS = Set.of(443, 8443);
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z][A-Za-z0-9-]{0,62}");
  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE);
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");

  /**
   * Takes an address apart.
   *
   * @param lenient also HTTP and other ports, as for tests on one machine
   * @throws ForbiddenAddressException if a webhook may not go there
   */
  static Target of(String url, boolean lenient) throws ForbiddenAddressException {
    URI uri = parse(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !(lenient && scheme.equals("http"))) {
      throw new ForbiddenAddressException("the scheme is not https");
    }
    String host = uri.getHost();
    if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new ForbiddenAddressException("it has no plain host");
    }
    boolean known =
        NAME.matcher(host).matches()
            || IPV4.matcher(host).matches()
            || IPV6.matcher(host).matches();
    if (!known) {
      throw new ForbiddenAddressException("the host has no usual form");
    }
    int port = uri.getPort() == -1 ? (secure ? 443 : 80) : uri.getPort();
    if (!lenient && !PORTS.contains(port)) {
      throw new ForbiddenAddressException("the port is neither 443 nor 8443");
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new Target(
        secure,
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port,
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
  }

  /** The header Host. */
  String authority() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }

  private static URI parse(String url) throws ForbiddenAddressException {
    if (url.length() > MOST_CHARACTERS || !url.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new ForbiddenAddressException("it is too long or has characters that no address has");
    }
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new ForbiddenAddressException("it is no address");
    }
  }
}
