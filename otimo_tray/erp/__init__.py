"""The ways into Ótimo Gestor: connectors that implement `otimo_tray.ports.Erp`, and the NF-e reader they share."""
