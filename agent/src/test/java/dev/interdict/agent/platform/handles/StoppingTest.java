package dev.interdict.agent.platform.handles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// T39 to T43 for systems whose processes are had by handles.
class StoppingTest {
  private static final FileId BANNED = new FileId(1, 10);
  private static final FileId OTHER = new FileId(1, 11);

  private final FakePrograms programs = new FakePrograms();

  private Outcome stop() {
    return new Stopping(programs).stop(Set.of(BANNED), Duration.ZERO);
  }

  @Test
  void what_runs_a_banned_file_is_ended_and_nothing_else() {
    var banned = programs.start(7, 1, BANNED, "/Users/ada/claude");
    programs.start(8, 1, OTHER, "/Users/ada/claude");
    assertEquals(new Outcome.Done(), stop());
    assertEquals(Set.of(banned), programs.ended);
  }

  @Test
  void a_number_that_another_process_got_before_it_was_held_is_no_victim() {
    programs.start(7, 1, BANNED, "/Users/ada/claude");
    programs.beforeHold = () -> programs.start(7, 2, OTHER, "/usr/bin/vi");
    assertEquals(new Outcome.AlreadyDone(), stop());
    assertEquals(Set.of(), programs.ended);
  }

  @Test
  void a_path_that_once_was_the_banned_program_s_names_no_victim() {
    // Windows may go on to tell the path of an image whose file was renamed since, and another file
    // is there now.
    programs.table.put(7L, new FakePrograms.One(7, 1, OTHER, BANNED, "/Users/ada/claude"));
    assertEquals(new Outcome.AlreadyDone(), stop());
  }

  @Test
  void what_comes_back_each_time_is_given_up_after_five_sweeps_and_said() {
    programs.start(7, 1, BANNED, "/Users/ada/claude");
    programs.afterEnd = one -> programs.start(one.pid() + 1, one.start() + 1, BANNED, one.path());
    var outcome = assertInstanceOf(Outcome.Refused.class, stop());
    assertEquals(Refusal.STILL_RUNNING, outcome.why());
    assertEquals(5, programs.ended.size());
  }

  @Test
  void what_the_machine_needs_lives_under_any_name() {
    programs.needed.add(BANNED);
    programs.start(7, 1, BANNED, "/Users/ada/claude");
    assertEquals(new Outcome.AlreadyDone(), stop());
  }

  @Test
  void who_started_us_lives() {
    programs.spared.add(7L);
    programs.start(7, 1, BANNED, "/Users/ada/claude");
    assertEquals(new Outcome.AlreadyDone(), stop());
  }

  @Test
  void a_process_that_may_not_be_held_is_passed_over_unless_it_is_the_one() {
    programs.start(4, 1, OTHER, "/System/x");
    programs.denied.add(4L);
    assertEquals(new Outcome.AlreadyDone(), stop());
    programs.start(5, 1, BANNED, "/Users/ada/claude");
    programs.denied.add(5L);
    assertInstanceOf(Outcome.Failed.class, stop());
  }
}
