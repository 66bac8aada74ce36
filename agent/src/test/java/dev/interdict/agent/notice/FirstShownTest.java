package dev.interdict.agent.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.notice.Receipt.Channel;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.policy.Language;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FirstShownTest {
  private static final Receipt TERMINAL = new Receipt.Shown(Channel.TERMINAL, Instant.EPOCH);
  private static final Receipt DESKTOP = new Receipt.Shown(Channel.DESKTOP, Instant.EPOCH);
  private static final Receipt NOBODY = new Receipt.NoSession();
  private static final Receipt BUSY = new Receipt.DoNotDisturb(Receipt.Wish.CALL);
  private static final Receipt REFUSED = new Receipt.Refused(Reason.NOT_OURS);
  private static final Receipt FAILED = new Receipt.Failed(Reason.TIME_LIMIT);

  private final List<Receipt> asked = new ArrayList<>();

  @Test
  void the_first_channel_that_shows_it_ends_the_search() {
    assertEquals(DESKTOP, show(DESKTOP, TERMINAL));
    assertEquals(List.of(DESKTOP), asked);
  }

  @Test
  void the_next_channel_is_tried_whatever_kept_the_first() {
    for (var receipt : List.of(NOBODY, BUSY, REFUSED, FAILED)) {
      assertEquals(TERMINAL, show(receipt, TERMINAL));
    }
  }

  @Test
  void what_was_shown_nowhere_says_why_as_well_as_can_be() {
    assertEquals(NOBODY, show());
    assertEquals(BUSY, show(BUSY, NOBODY));
    assertEquals(REFUSED, show(NOBODY, REFUSED, BUSY));
    assertEquals(FAILED, show(REFUSED, FAILED, NOBODY));
  }

  private Receipt show(Receipt... answers) {
    Notifier[] channels =
        java.util.Arrays.stream(answers)
            .map(answer ->
                (Notifier)
                    notice -> {
                      asked.add(answer);
                      return answer;
                    })
            .toArray(Notifier[]::new);
    return new FirstShown(channels)
        .show(
            Samples.notice(
                Samples.rule(),
                new Phase.Announced(Samples.MIDNIGHT),
                Samples.recipient(1000, Language.EN)));
  }
}
