package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Long work in a process of its own, to be killed. Says when it begins and when it ends.
final class KilledWork {
  private KilledWork() {}

  public static void main(String... arguments) throws Exception {
    var folder = Path.of(arguments[1]);
    try (var fleet = new SimulatedFleet(folder)) {
      if (arguments[0].equals("import")) {
        try (var in = Files.newInputStream(folder.resolve("devices.csv"));
            var list = fleet.expected.read(in, StandardCharsets.UTF_8)) {
          say("begun");
          list.apply("tester", false, false, OptionalLong.empty());
        }
      } else {
        say("begun");
        new Rebuild(fleet.database, true).run(new Silent());
      }
      say("done");
    }
  }

  private static void say(String word) {
    System.out.println(word);
    System.out.flush();
  }

  private static final class Silent implements Rebuild.Witness {
    @Override
    public void differs(Difference difference) {}

    @Override
    public void unreadable(DeviceId device, String why) {
      throw new IllegalStateException(device + " " + why);
    }

    @Override
    public void done(long devices) {}
  }
}
