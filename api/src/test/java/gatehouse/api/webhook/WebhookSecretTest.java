package gatehouse.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Signatures and pauses. */
class WebhookSecretTest {

  /** The example of the specification of Standard Webhooks. */
  @Test
  void signsAsTheStandardSays() {
    assertThat(
            WebhookSecret.signatures(
                List.of(new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330L,
                "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsWithEverySecretThatIsGood() {
    SecureRandom random = new SecureRandom();
    WebhookSecret one = WebhookSecret.make(random);
    WebhookSecret two = WebhookSecret.make(random);
    assertThat(WebhookSecret.signatures(List.of(one, two), "id", 1, "{}"))
        .matches("v1,\\S+ v1,\\S+");
    assertThat(one.text()).startsWith("whsec_").isNotEqualTo(two.text());
    assertThat(one.toString()).doesNotContain(one.text());
  }

  @Test
  void f36PausesGrowAndDiffer() {
    SplittableRandom random = new SplittableRandom(1);
    assertThat(Backoff.after(1, random)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    assertThat(Backoff.after(5, random)).isBetween(Duration.ofSeconds(64), Duration.ofSeconds(96));
    assertThat(Backoff.after(40, random))
        .isBetween(Duration.ofMinutes(144), Duration.ofMinutes(216));
    assertThat(Stream.generate(() -> Backoff.after(3, random)).limit(20).distinct().count())
        .isGreaterThan(10);
  }
}
