package dev.interdict.agent.platform.linux.session;

import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.linux.RootOnly;
import dev.interdict.agent.platform.session.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How root starts a worker that is somebody else for good: by `setpriv`, with that person's ids,
/// no privilege to gain any, and a cleared environment.
final class AsPerson {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private AsPerson() {}

  /// Whether nobody but root can have put something in place of what becomes the person.
  static boolean possible() {
    return RootOnly.program(SETPRIV);
  }

  /// `worker` as the person `uid`, with the groups that the account has.
  static Command command(int uid, int group, List<String> worker) {
    return command(uid, group, "--init-groups", worker);
  }

  /// `worker` as an account without any rights of its own, for what needs no person.
  static Command nobody(List<String> worker) {
    return command(65534, 65534, "--clear-groups", worker);
  }

  private static Command command(int uid, int group, String groups, List<String> worker) {
    var line =
        new ArrayList<>(
            List.of(
                "--reuid=" + uid,
                "--regid=" + group,
                groups,
                "--no-new-privs",
                "--inh-caps=-all",
                "--reset-env",
                "--"));
    line.addAll(worker);
    return Command.of(SETPRIV, line, Workers.LIFE);
  }

  /// `worker` as who we are.
  static Command ourselves(List<String> worker) {
    return Command.of(Path.of(worker.getFirst()), worker.subList(1, worker.size()), Workers.LIFE);
  }
}
