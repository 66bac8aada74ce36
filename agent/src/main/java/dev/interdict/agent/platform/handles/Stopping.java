package dev.interdict.agent.platform.handles;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.policy.ProtectedSoftware;
import dev.interdict.policy.Subject;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ends the processes of given program files: the system's own word on which file a process
/// executes decides, never a name. A process is held before it is looked at, so that a recycled
/// number cannot bring an innocent one to harm. No group of processes is ended.
///
/// A script's interpreter is ended only where the table of processes names the script.
public final class Stopping {
  private static final int SWEEPS = 5;
  private static final Duration END = Duration.ofSeconds(2);

  private final Programs programs;
  private final Set<FileId> needed;

  public Stopping(Programs programs) {
    this.programs = programs;
    this.needed = programs.needed();
  }

  /// Whether it is, under any name, a program that the machine needs.
  public boolean spares(FileId file) {
    return needed.contains(file);
  }

  /// Asks each process to end, ends those that have not within `grace`, and looks again until there
  /// are none, at most five times.
  public Outcome stop(Set<FileId> files, Duration grace) {
    try {
      var spared = programs.spared();
      for (var sweep = 0; sweep <= SWEEPS; sweep++) {
        var denied = new ArrayList<DiskException>();
        var victims = victims(files, spared, denied);
        try {
          if (victims.isEmpty() && !denied.isEmpty()) {
            throw denied.getFirst();
          }
          if (victims.isEmpty()) {
            return sweep == 0 ? new Outcome.AlreadyDone() : new Outcome.Done();
          }
          if (sweep < SWEEPS) {
            end(victims, sweep == 0 ? grace : Duration.ZERO);
          }
        } finally {
          victims.forEach(Programs.Program::close);
        }
      }
      return new Outcome.Refused(
          Refusal.STILL_RUNNING, "it runs again after " + SWEEPS + " sweeps");
    } catch (DiskException e) {
      var denied = e.trouble() == Trouble.DENIED;
      return new Outcome.Failed(
          denied ? ErrorClass.ACCESS_DENIED : ErrorClass.OTHER, String.valueOf(e.getMessage()));
    } catch (IOException | UnreadableException e) {
      return new Outcome.Failed(ErrorClass.OTHER, String.valueOf(e.getMessage()));
    }
  }

  /// @param denied gets why, for each that was asked for and may not be held; it keeps no other
  ///   alive
  private List<Programs.Program> victims(
      Set<FileId> files, Set<Long> spared, List<DiskException> denied)
      throws IOException, UnreadableException {
    var victims = new ArrayList<Programs.Program>();
    if (files.isEmpty()) {
      return victims;
    }
    for (var process : programs.running()) {
      if (spared.contains(process.pid())) {
        continue;
      }
      var program = hold(process, files, denied);
      if (program == null) {
        continue;
      }
      if (same(process, program.process()) && matches(program, files)) {
        victims.add(program);
      } else {
        program.close();
      }
    }
    return victims;
  }

  /// What may not be held is passed over, unless it is what was asked for.
  private Programs.@Nullable Program hold(
      RunningProcess process, Set<FileId> files, List<DiskException> denied) throws IOException {
    try {
      return programs.hold(process.pid());
    } catch (DiskException e) {
      var executable = process.executableId();
      if (executable != null && files.contains(executable)) {
        denied.add(e);
      }
      return null;
    }
  }

  private static boolean same(RunningProcess seen, RunningProcess held) {
    return seen.pid() == held.pid() && seen.startTicks() == held.startTicks();
  }

  private boolean matches(Programs.Program program, Set<FileId> files) throws IOException {
    var process = program.process();
    if (process.scripts().stream().anyMatch(script -> files.contains(script.id()))) {
      return true;
    }
    return program.runs(files) && !program.runs(needed) && !protectedPath(process);
  }

  private static boolean protectedPath(RunningProcess process) {
    var path = process.executable();
    return path != null
        && ProtectedSoftware.protects(Subject.OfProgram.at(path.toString())).isPresent();
  }

  private static void end(List<Programs.Program> victims, Duration grace) throws IOException {
    if (grace.isPositive()) {
      for (var victim : victims) {
        victim.ask();
      }
      await(victims, grace);
    }
    for (var victim : victims) {
      victim.end();
    }
    await(victims, END);
  }

  private static void await(List<Programs.Program> victims, Duration limit) throws IOException {
    var end = System.nanoTime() + limit.toNanos();
    for (var victim : victims) {
      victim.ended(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
