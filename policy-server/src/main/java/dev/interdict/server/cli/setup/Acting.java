package dev.interdict.server.cli.setup;

import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Account;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.main.Parts;

/// In whose name a command decides something, held to the part of the fleet that the person sees:
/// what a scope keeps from somebody over the API is kept from them here.
public final class Acting {
  private Acting() {}

  /// The person of an account that sees the whole fleet.
  ///
  /// @throws Failure if no such account may sign in, or it sees a part
  public static Account onFleet(Parts parts, String name) {
    var account = OpenServer.account(parts, name);
    if (!account.scope().isWhole()) {
      throw new Failure(
          Exit.REFUSED,
          "this is about the whole fleet, and \""
              + name
              + "\" sees "
              + String.join(", ", account.scope().named())
              + " alone; name somebody with --actor who sees all of it");
    }
    return account;
  }

  /// The person of an account that sees this device.
  ///
  /// @throws Failure if no such account may sign in, or it does not see the device
  public static Account onDevice(Parts parts, String name, String device) {
    var account = OpenServer.account(parts, name);
    var seen = parts.compliance().within(account.scope());
    if (!account.scope().isWhole() && seen.device(new DeviceId(device)) == null) {
      throw new Failure(
          Exit.REFUSED,
          "\""
              + name
              + "\" sees "
              + String.join(", ", account.scope().named())
              + " alone, and device "
              + device
              + " is not there");
    }
    return account;
  }
}
