@echo off
rem The agent of one workstation: "interdict-agent status". The service does not start this.
setlocal
set "home=%~dp0.."
set "java=%home%\runtime\bin\java.exe"
if exist "%java%" goto run
rem Without one of its own, the Java that the installation was given: the caller's environment may be anybody's.
set "jvm="
for /f "tokens=2,*" %%a in ('%SystemRoot%\System32\reg.exe query HKLM\SOFTWARE\Interdict\Agent /v Jvm /reg:64 2^>nul') do set "jvm=%%b"
if not defined jvm goto none
for %%j in ("%jvm%") do set "java=%%~dpj..\java.exe"
if exist "%java%" goto run
:none
echo interdict-agent: needs Java 25 or newer; install one and give JAVAHOME=its folder to the installation. 1>&2
exit /b 1
:run
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx192m --enable-native-access=ALL-UNNAMED -Djna.nosys=true -Djna.nounpack=true "-Djna.boot.library.path=%home%\lib\native" -cp "%home%\lib\*" dev.interdict.agent.cli.Main %*
exit /b %errorlevel%
