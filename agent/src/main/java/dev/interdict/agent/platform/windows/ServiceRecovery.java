package dev.interdict.agent.platform.windows;

import com.sun.jna.platform.win32.W32ServiceManager;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.Winsvc;
import java.io.IOException;
import java.util.List;

/// What Windows does when a service dies. Set by the service itself at its start: a package that
/// ran a program for it would run it as the system, in a window that a user can reach.
///
/// Spec: ChangeServiceConfig2, SERVICE_CONFIG_FAILURE_ACTIONS. Not run on Windows so far.
public final class ServiceRecovery {
  private static final int A_DAY = 86_400;
  private static final int SERVICE_CHANGE_CONFIG = 0x2;

  /// Needed beside it where an action is to start the service.
  private static final int SERVICE_START = 0x10;

  private ServiceRecovery() {}

  /// Has the service started anew after 5 seconds, then after a minute each time; a day without a
  /// failure begins anew.
  ///
  /// @throws IOException if Windows does not take it
  public static void set(String name) throws IOException {
    try (var manager = new W32ServiceManager(Winsvc.SC_MANAGER_CONNECT);
        var service = manager.openService(name, SERVICE_CHANGE_CONFIG | SERVICE_START)) {
      service.setFailureActions(List.of(after(5_000), after(60_000), after(60_000)), A_DAY, "", "");
      service.setFailureActionsFlag(true);
    } catch (Win32Exception e) {
      throw new IOException("the service's recovery cannot be set: " + e.getMessage(), e);
    }
  }

  private static Winsvc.SC_ACTION after(int milliseconds) {
    var action = new Winsvc.SC_ACTION();
    action.type = Winsvc.SC_ACTION_RESTART;
    action.delay = milliseconds;
    return action;
  }
}
