"""What Voilà reads when the course is served as apps."""

from fremskudt.teaching.contents import with_contents

config = get_config()  # type: ignore[name-defined]  # noqa: F821 - Voilà gives it
config.VoilaExporter.language_code = "da"
apps = config.VoilaConfiguration
apps.template = "fremskudt"
apps.page_config_hook = with_contents
apps.classic_tree = True  # the template's own list; the other one fails in the console
apps.strip_sources = True
apps.show_tracebacks = False
apps.preheat_kernel = True
apps.extension_allowlist = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
]
config.VoilaKernelManager.preheat_denylist = ["saml-svar"]  # the trainer waits for it once
