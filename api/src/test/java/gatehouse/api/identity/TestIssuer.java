package gatehouse.api.identity;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/** An identity provider: a web server with real keys, their list, and the document of discovery. */
public final class TestIssuer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final Map<String, Map<String, Object>> published = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();

  private TestIssuer(HttpServer server) {
    this.server = server;
  }

  /** A key of the issuer. */
  public record Key(String id, String algorithm, KeyPair pair) {}

  public static TestIssuer start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TestIssuer issuer = new TestIssuer(server);
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(exchange, Map.of("issuer", issuer.url(), "jwks_uri", issuer.url() + "/keys")));
    server.createContext(
        "/keys",
        exchange -> {
          issuer.reads.incrementAndGet();
          answer(exchange, Map.of("keys", List.copyOf(issuer.published.values())));
        });
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
    return issuer;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often the list of keys was read. */
  int reads() {
    return reads.get();
  }

  /** Makes a key that is not published. */
  public static Key key(String id, String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator;
    if (algorithm.equals("RS256")) {
      generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
    } else {
      generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return new Key(id, algorithm, generator.generateKeyPair());
  }

  public Key publish(Key key) {
    published.put(key.id(), jwk(key));
    return key;
  }

  void withdraw(Key key) {
    published.remove(key.id());
  }

  /** Claims of a good token; a test changes what it is about. */
  Map<String, Object> claims(String subject) {
    Instant now = Instant.now();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", url());
    claims.put("aud", "gatehouse");
    claims.put("sub", subject);
    claims.put("iat", now.minusSeconds(60).getEpochSecond());
    claims.put("nbf", now.getEpochSecond());
    claims.put("exp", now.plus(Duration.ofMinutes(5)).getEpochSecond());
    return claims;
  }

  /** A good token. */
  public String token(Key key, String subject) throws GeneralSecurityException {
    return sign(key, header(key), claims(subject));
  }

  static Map<String, Object> header(Key key) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", key.algorithm());
    header.put("kid", key.id());
    header.put("typ", "at+jwt");
    return header;
  }

  static String sign(Key key, Map<String, Object> header, Map<String, Object> claims)
      throws GeneralSecurityException {
    String signed = unsigned(header, claims);
    Signature signature =
        Signature.getInstance(
            key.algorithm().equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
    signature.initSign(key.pair().getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + encode(signature.sign());
  }

  /** Header and claims, without the dot and signature behind them. */
  static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
    return encode(JSON.writeValueAsBytes(header)) + "." + encode(JSON.writeValueAsBytes(claims));
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static Map<String, Object> jwk(Key key) {
    if (key.pair().getPublic() instanceof RSAPublicKey rsa) {
      return Map.of(
          "kty",
          "RSA",
          "kid",
          key.id(),
          "use",
          "sig",
          "alg",
          "RS256",
          "n",
          encode(unsignedBytes(rsa.getModulus().toByteArray(), 256)),
          "e",
          encode(rsa.getPublicExponent().toByteArray()));
    }
    ECPublicKey ec = (ECPublicKey) key.pair().getPublic();
    return Map.of(
        "kty",
        "EC",
        "crv",
        "P-256",
        "kid",
        key.id(),
        "use",
        "sig",
        "x",
        encode(unsignedBytes(ec.getW().getAffineX().toByteArray(), 32)),
        "y",
        encode(unsignedBytes(ec.getW().getAffineY().toByteArray(), 32)));
  }

  private static byte[] unsignedBytes(byte[] number, int length) {
    byte[] bytes = new byte[length];
    int from = Math.max(0, number.length - length);
    int count = number.length - from;
    System.arraycopy(number, from, bytes, length - count, count);
    return bytes;
  }

  private static void answer(
      com.sun.net.httpserver.HttpExchange exchange, Map<String, Object> content)
      throws IOException {
    try (exchange) {
      byte[] body = JSON.writeValueAsBytes(content);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
