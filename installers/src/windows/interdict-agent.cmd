@echo off
rem The agent of one workstation: "interdict-agent status". The service does not start this.
setlocal
set "home=%~dp0.."
set "java=%home%\runtime\bin\java.exe"
if exist "%java%" goto run
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto run
echo interdict-agent: needs Java 25 or newer; install one and set JAVA_HOME to it. 1>&2
exit /b 1
:run
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx192m --enable-native-access=ALL-UNNAMED -Djna.nosys=true -Djna.nounpack=true "-Djna.boot.library.path=%home%\lib\native" -cp "%home%\lib\*" dev.interdict.agent.cli.Main %*
exit /b %errorlevel%
