; The installer: for one user, without an administrator. Built by nsis.py, which gives VERSION, SRC, OUT, ICON.
;
;   OtimoTray-setup.exe [/S] [/NOSTART] [/NOAUTOSTART] [/CONFIG=file.toml] [/D=folder]
;
; Exit codes: 0 done; 1 cancelled; 4 this version does not work on this PC (self-test), nothing was changed;
; 5 the running program did not end, nothing was changed; 6 files are in use, the old version is back;
; 7 installed, but the set-up file could not be taken over.
Unicode true
Target amd64-unicode
ManifestDPIAware true
ManifestSupportedOS Win10
!ifdef QUICK
SetCompress off
!else
SetCompressor /SOLID lzma
SetCompressorDictSize 64
!endif
RequestExecutionLevel user
SetOverwrite on
SetDateSave on
CRCCheck on

!define APP "Ótimo Tray"
!define FILE "OtimoTray"
!define PUBLISHER "Ótimo Gestor"
!define APPID "OtimoGestor.OtimoTray"
!define UNKEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${FILE}"
!define RUNKEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
!define OWNKEY "Software\${FILE}"
!define IDKEY "Software\Classes\AppUserModelId\${APPID}"

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

Name "${APP}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${FILE}"
InstallDirRegKey HKCU "${OWNKEY}" "InstallDir"
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${APP}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${APP} ${VERSION}"
VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=0 "LegalCopyright" "${PUBLISHER}"
!ifdef SIGN
!finalize `${SIGN} "%1"` = 0
!uninstfinalize `${SIGN} "%1"` = 0
!endif

Var First       ; 1 when no version was installed before
Var WasRunning  ; 1 when the program ran when the installer began
Var Config      ; the set-up file of /CONFIG=
Var Report      ; where a command of the program says what is wrong

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "English"

LangString Unpacking ${LANG_PORTUGUESEBR} "Copiando os arquivos da versão ${VERSION}…"
LangString Unpacking ${LANG_ENGLISH} "Copying the files of version ${VERSION}…"
LangString Testing ${LANG_PORTUGUESEBR} "Testando a nova versão neste PC…"
LangString Testing ${LANG_ENGLISH} "Testing the new version on this PC…"
LangString TestFailed ${LANG_PORTUGUESEBR} "A versão ${VERSION} não passou no próprio teste neste PC. Nada foi mudado; a versão de antes continua. O teste disse:"
LangString TestFailed ${LANG_ENGLISH} "Version ${VERSION} did not pass its own test on this PC. Nothing was changed; the version before stays. The test said:"
LangString Closing ${LANG_PORTUGUESEBR} "Pedindo ao ${APP} que feche e esperando por ele (até 30 segundos)…"
LangString Closing ${LANG_ENGLISH} "Asking ${APP} to close and waiting for it (up to 30 seconds)…"
LangString StillOpen ${LANG_PORTUGUESEBR} "O ${APP} ainda está aberto. Feche-o pelo ícone perto do relógio (Sair) e tente de novo."
LangString StillOpen ${LANG_ENGLISH} "${APP} is still open. Close it by its icon near the clock (Sair), then try again."
LangString InUse ${LANG_PORTUGUESEBR} "Arquivos do programa estão em uso e não puderam ser trocados. A versão de antes continua; feche outros programas e tente de novo."
LangString InUse ${LANG_ENGLISH} "Files of the program are in use and could not be replaced. The version before stays; close other programs and try again."
LangString ConfigFailed ${LANG_PORTUGUESEBR} "O programa foi instalado, mas o arquivo de configuração não foi aceito:"
LangString ConfigFailed ${LANG_ENGLISH} "The program was installed, but the set-up file was not accepted:"
LangString KeepData ${LANG_PORTUGUESEBR} "Guardar as configurações e os dados deste PC (De/Para, pedidos, histórico)?$\n$\nSim: ficam para uma nova instalação.$\nNão: são apagados para sempre."
LangString KeepData ${LANG_ENGLISH} "Keep this PC's settings and data (De/Para, orders, history)?$\n$\nYes: they stay for a new installation.$\nNo: they are deleted for good."
LangString Need64 ${LANG_PORTUGUESEBR} "O ${APP} precisa do Windows 10 ou 11 de 64 bits."
LangString Need64 ${LANG_ENGLISH} "${APP} needs Windows 10 or 11, 64 bit."

Function .onInit
  ${If} ${FileExists} "$INSTDIR\${FILE}.exe"
    StrCpy $First 0
  ${Else}
    StrCpy $First 1
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/CONFIG=" $Config
  ${If} ${Errors}
    StrCpy $Config ""
  ${Else}
    GetFullPathName $Config "$Config"
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; The report's first lines into $1; a program that did not even start has written none.
Function ReadReport
  StrCpy $1 ""
  ClearErrors
  FileOpen $2 "$Report" r
  ${IfNot} ${Errors}
    ${Do}
      FileReadUTF16LE $2 $3
      ${If} ${Errors}
        ${ExitDo}
      ${EndIf}
      StrCpy $1 "$1$3"
    ${Loop}
    FileClose $2
  ${EndIf}
  ClearErrors
FunctionEnd

; Moves one thing into another folder of the same disk; sets the error flag when it is in use.
!macro Move FROM TO
  ${If} ${FileExists} "${FROM}"
    Rename "${FROM}" "${TO}"
  ${EndIf}
!macroend

Section "${APP}"
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  ${If} ${FileExists} "$INSTDIR\old\*.*"
    SetErrorLevel 6
    MessageBox MB_ICONSTOP "$(InUse)" /SD IDOK
    Abort "$(InUse)"
  ${EndIf}

  DetailPrint "$(Unpacking)"
  SetOutPath "$INSTDIR\new"
  SetDetailsPrint none
  File /r "${SRC}/*.*"
  SetDetailsPrint both
  SetOutPath "$INSTDIR"

  ; The old version runs on until the new one has shown that it works here. The test never touches the shop's state.
  DetailPrint "$(Testing)"
  StrCpy $Report "$TEMP\${FILE}-self-test.txt"
  Delete "$Report"
  nsExec::Exec '"$INSTDIR\new\otimo-tray.exe" self-test --report "$Report"'
  Pop $0
  ${If} $0 != 0
    SetErrorLevel 4
    Call ReadReport
    RMDir /r "$INSTDIR\new"
    RMDir "$INSTDIR"
    DetailPrint "$1"
    MessageBox MB_ICONSTOP "$(TestFailed)$\n$\n$1" /SD IDOK
    Abort "$(TestFailed)"
  ${EndIf}

  StrCpy $WasRunning 0
  ${If} $First == 0
    nsExec::Exec '"$INSTDIR\new\OtimoTray.exe" --quit-from "$INSTDIR" 0'
    Pop $0
    ${If} $0 != 0
      StrCpy $WasRunning 1
      DetailPrint "$(Closing)"
      again:
      nsExec::Exec '"$INSTDIR\new\OtimoTray.exe" --quit-from "$INSTDIR" 30'
      Pop $0
      ${If} $0 != 0
        MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "$(StillOpen)" /SD IDCANCEL IDRETRY again
        SetErrorLevel 5
        RMDir /r "$INSTDIR\new"
        Abort "$(StillOpen)"
      ${EndIf}
    ${EndIf}
  ${EndIf}

  ; The exchange: whole folders by renaming, and back again if anything is in use.
  CreateDirectory "$INSTDIR\old"
  ClearErrors
  !insertmacro Move "$INSTDIR\app" "$INSTDIR\old\app"
  !insertmacro Move "$INSTDIR\OtimoTray.exe" "$INSTDIR\old\OtimoTray.exe"
  !insertmacro Move "$INSTDIR\otimo-tray.exe" "$INSTDIR\old\otimo-tray.exe"
  !insertmacro Move "$INSTDIR\new\app" "$INSTDIR\app"
  !insertmacro Move "$INSTDIR\new\OtimoTray.exe" "$INSTDIR\OtimoTray.exe"
  !insertmacro Move "$INSTDIR\new\otimo-tray.exe" "$INSTDIR\otimo-tray.exe"
  ${If} ${Errors}
    SetErrorLevel 6
    ${If} ${FileExists} "$INSTDIR\old\app\*.*"
      Rename "$INSTDIR\app" "$INSTDIR\new\app"
      Rename "$INSTDIR\old\app" "$INSTDIR\app"
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\old\OtimoTray.exe"
      Delete "$INSTDIR\OtimoTray.exe"
      Rename "$INSTDIR\old\OtimoTray.exe" "$INSTDIR\OtimoTray.exe"
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\old\otimo-tray.exe"
      Delete "$INSTDIR\otimo-tray.exe"
      Rename "$INSTDIR\old\otimo-tray.exe" "$INSTDIR\otimo-tray.exe"
    ${EndIf}
    RMDir "$INSTDIR\old"
    RMDir /r "$INSTDIR\new"
    ${If} $WasRunning == 1
      Call StartProgram
    ${EndIf}
    MessageBox MB_ICONSTOP "$(InUse)" /SD IDOK
    Abort "$(InUse)"
  ${EndIf}
  RMDir /r "$INSTDIR\old"
  RMDir /r "$INSTDIR\new"
  WriteUninstaller "$INSTDIR\Uninstall.exe"

  nsExec::Exec '"$INSTDIR\OtimoTray.exe" --make-shortcut "$SMPROGRAMS\${APP}.lnk"'
  Pop $0
  WriteRegStr HKCU "${OWNKEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${IDKEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${IDKEY}" "IconUri" "$INSTDIR\app\app.ico"
  WriteRegStr HKCU "${UNKEY}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNKEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNKEY}" "DisplayIcon" "$INSTDIR\OtimoTray.exe"
  WriteRegStr HKCU "${UNKEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNKEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNKEY}" "URLInfoAbout" "https://www.otimogestor.com.br"
  WriteRegStr HKCU "${UNKEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNKEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNKEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNKEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNKEY}" "EstimatedSize" "$0"

  ${GetParameters} $0
  ; Later versions leave the person's choice about autostart alone.
  ${If} $First == 1
    ClearErrors
    ${GetOptions} $0 "/NOAUTOSTART" $1
    ${If} ${Errors}
      WriteRegStr HKCU "${RUNKEY}" "${FILE}" '"$INSTDIR\OtimoTray.exe" --minimized'
    ${EndIf}
  ${EndIf}

  ${If} $Config != ""
    StrCpy $Report "$TEMP\${FILE}-config.txt"
    Delete "$Report"
    nsExec::Exec '"$INSTDIR\otimo-tray.exe" provision --from "$Config" --report "$Report"'
    Pop $0
    ${If} $0 != 0
      SetErrorLevel 7
      Call ReadReport
      DetailPrint "$1"
      MessageBox MB_ICONEXCLAMATION "$(ConfigFailed)$\n$\n$1" /SD IDOK
    ${EndIf}
  ${EndIf}

  ${If} ${Silent}
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/NOSTART" $1
    ${If} ${Errors}
      Exec '"$INSTDIR\OtimoTray.exe" --minimized'
    ${EndIf}
  ${EndIf}
SectionEnd

Function StartProgram
  ${If} $WasRunning == 1
    Exec '"$INSTDIR\OtimoTray.exe" --minimized'
  ${Else}
    Exec '"$INSTDIR\OtimoTray.exe"'
  ${EndIf}
FunctionEnd

Section "Uninstall"
  DetailPrint "$(Closing)"
  again:
  nsExec::Exec '"$INSTDIR\OtimoTray.exe" --quit-from "$INSTDIR" 30'
  Pop $0
  ${If} $0 == 3
    MessageBox MB_ICONEXCLAMATION|MB_RETRYCANCEL "$(StillOpen)" /SD IDCANCEL IDRETRY again
    SetErrorLevel 5
    Abort "$(StillOpen)"
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION "$(KeepData)" /SD IDYES IDYES keep
    RMDir /r "$LOCALAPPDATA\Otimo Tray"
  keep:
  nsExec::Exec '"$INSTDIR\OtimoTray.exe" --forget-secrets'
  Pop $0

  Delete "$SMPROGRAMS\${APP}.lnk"
  DeleteRegValue HKCU "${RUNKEY}" "${FILE}"
  DeleteRegValue HKCU "${APPROVED}" "${FILE}"
  DeleteRegKey HKCU "${IDKEY}"
  DeleteRegKey HKCU "${UNKEY}"
  DeleteRegKey HKCU "${OWNKEY}"
  ; By name: what a person put beside the program is not ours to delete.
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\new"
  RMDir /r "$INSTDIR\old"
  Delete "$INSTDIR\OtimoTray.exe"
  Delete "$INSTDIR\otimo-tray.exe"
  Delete "$INSTDIR\Uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
SectionEnd
