package gatehouse.api.identity;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/** Password hashing: Argon2id, 19 MiB, two passes (OWASP's recommended least). */
@Component
final class Passwords {

  /** So many log-ins at a time bound the memory that strangers can make us use. */
  private static final int AT_A_TIME = 4;

  private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
  private final Semaphore places = new Semaphore(AT_A_TIME);

  /** What an unknown user's password is compared with, so that it takes as long. */
  private final String nobody = hash("nobody has this password");

  String hash(String password) {
    String hash = encoder.encode(password);
    if (hash == null) {
      throw new IllegalArgumentException("no password");
    }
    return hash;
  }

  /** Whether the password fits; without a hash it does not, and takes as long to say so. */
  boolean matches(String password, @Nullable String hash) {
    places.acquireUninterruptibly();
    try {
      return encoder.matches(password, hash == null ? nobody : hash) && hash != null;
    } finally {
      places.release();
    }
  }
}
