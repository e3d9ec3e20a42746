package gatehouse.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The count of one caller's requests, with a clock that the test moves. */
class RateLimiterTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final RateLimiter limiter = new RateLimiter(10, Duration.ofMinutes(1), 100, nanos::get);

  @Test
  void admitsTheQuotaAtOnceAndThenAsItIsRefilled() {
    for (int left = 9; left >= 0; left--) {
      RateLimiter.Verdict verdict = limiter.ask("a");
      assertThat(verdict.admitted()).isTrue();
      assertThat(verdict.remaining()).isEqualTo(left);
    }
    RateLimiter.Verdict refused = limiter.ask("a");
    assertThat(refused.admitted()).isFalse();
    assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(6));
    assertThat(refused.full()).isEqualTo(Duration.ofMinutes(1));
    nanos.addAndGet(refused.retryAfter().toNanos());
    assertThat(limiter.ask("a").admitted()).isTrue();
    assertThat(limiter.ask("a").admitted()).isFalse();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(limiter.ask("a").remaining()).isEqualTo(9);
  }

  @Test
  void aRefusedRequestCostsNothing() {
    for (int i = 0; i < 50; i++) {
      limiter.ask("a");
    }
    nanos.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(limiter.ask("a").admitted()).isTrue();
  }

  @Test
  void eachKeyHasItsOwnAndMemoryIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(limiter.ask("key-" + i).admitted()).isTrue();
    }
    assertThat(limiter.keys()).isEqualTo(100);
  }

  @Test
  void addressesOfOneIpv6NetworkAreOneCaller() {
    assertThat(RateLimits.network("2001:db8:1:2:3:4:5:6"))
        .isEqualTo(RateLimits.network("2001:db8:1:2::1"))
        .isNotEqualTo(RateLimits.network("2001:db8:1:3::1"));
    assertThat(RateLimits.network("192.0.2.1")).isNotEqualTo(RateLimits.network("192.0.2.2"));
  }
}
