"""The batch: from targets to a folder of reports. The library never imports it.

``plan`` turns targets into runs, ``execute`` runs one notebook with papermill, ``render`` makes its page, ``site`` the
index, ``store`` keeps the output folder whole, ``batch`` puts them together.
"""
