package gatehouse.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SenderTest {

  private static final Arrival.Receipt NOBODY =
      new Arrival.Receipt() {
        @Override
        public void done() {}

        @Override
        public void giveBack() {}
      };

  private final Sender sender = new Sender(Rig.USUAL, 0);

  @Test
  void letsACopyShareTheFateOfTheOneOnItsWay() {
    Sender.OnItsWay leaving = published(event(1));
    Arrival copy = arrival();
    assertThat(sender.ask(event(1), false, copy, 0)).isInstanceOf(Sender.Answer.Wait.class);
    assertThat(sender.failed(leaving)).containsExactly(copy);

    Sender.OnItsWay again = published(event(1));
    assertThat(sender.arrived(again)).isEmpty();
    assertThat(ask(event(1))).isInstanceOf(Sender.Answer.Duplicate.class);
  }

  @Test
  void refusesOtherContentUnderTheSameNumberOnItsWayAndAfter() {
    Sender.OnItsWay leaving = published(event(1));
    assertThat(ask(new Fingerprint(1, 77, 88)))
        .isEqualTo(new Sender.Answer.Refuse(Rejection.SEQUENCE_CONFLICT));
    assertThat(sender.arrived(leaving)).isEmpty();
    assertThat(ask(new Fingerprint(66, 1001, 88)))
        .isEqualTo(new Sender.Answer.Refuse(Rejection.SEQUENCE_CONFLICT));
  }

  @Test
  void remembersAWindowAndForgetsTheOldest() {
    for (int i = 0; i <= Recall.MOST; i++) {
      sender.remember(event(i));
    }
    assertThat(ask(event(1))).isInstanceOf(Sender.Answer.Duplicate.class);
    assertThat(ask(event(Recall.MOST))).isInstanceOf(Sender.Answer.Duplicate.class);
    assertThat(ask(event(0))).isInstanceOf(Sender.Answer.Publish.class);
  }

  @Test
  void letsThroughABurstThenTheRateAndAStoreBesides() {
    int through = 0;
    for (int i = 0; i < 1_000; i++) {
      through += ask(event(i)) instanceof Sender.Answer.Publish ? 1 : 0;
    }
    assertThat(through).isEqualTo(200);
    assertThat(sender.ask(event(5_000), true, arrival(), 0))
        .isInstanceOf(Sender.Answer.Publish.class);
    for (int i = 0; i < 1_000; i++) {
      Sender.Answer answer =
          sender.ask(event(10_000 + i), false, arrival(), TimeUnit.SECONDS.toNanos(1));
      through += answer instanceof Sender.Answer.Publish ? 1 : 0;
    }
    assertThat(through).isEqualTo(250);
  }

  private Sender.OnItsWay published(Fingerprint event) {
    return ((Sender.Answer.Publish) ask(event)).event();
  }

  private Sender.Answer ask(Fingerprint event) {
    return sender.ask(event, false, arrival(), 0);
  }

  private static Fingerprint event(long number) {
    return new Fingerprint(number, 1_000 + number, 1_000_000 + number);
  }

  private static Arrival arrival() {
    return new Arrival("", "", new byte[0], NOBODY);
  }
}
